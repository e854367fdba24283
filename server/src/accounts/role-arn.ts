/** The path and the name in the ARN of a role: `role/team/Name` is `/team/` and `Name`, `role/Name` is `/` and `Name`. */
export const partsOfRoleArn = (arn: string): { path: string; name: string } => {
  const resource = arn.slice(arn.indexOf(':role/') + ':role'.length)
  const nameAt = resource.lastIndexOf('/') + 1
  return { path: resource.slice(0, nameAt), name: resource.slice(nameAt) }
}

/** What IAM would not take, in words; undefined when it would. Source: IAM CreateRole, `RoleName` and `Path`. */
export const flawOfRoleArn = (arn: string): string | undefined => {
  const { path, name } = partsOfRoleArn(arn)
  if (name === '') return 'The ARN of a role ends with its name, not with a slash.'
  if (name.length > 64) return 'The name of a role has at most 64 characters.'
  if (path.includes('//')) return 'The path of a role has no empty part.'
  return undefined
}
