/** Who owns a thing. What is left out is missing on purpose: real estates have gaps. */
export interface Owner {
  env?: string
  team?: string
  costCenter?: string
}

export interface Tag {
  Key: string
  Value: string
}

export function tagList(name: string | undefined, { env, team, costCenter }: Owner): Tag[] {
  const all = { Name: name, env, team, 'cost-center': costCenter }
  return Object.entries(all).flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]))
}

export function tagMap(owner: Owner): Record<string, string> {
  return Object.fromEntries(tagList(undefined, owner).map(({ Key, Value }) => [Key, Value]))
}
