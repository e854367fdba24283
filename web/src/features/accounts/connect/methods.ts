/** The ways to connect, each told by the same questions, so that they can be compared. */
export const ways = [
  {
    way: 'iam_role',
    title: 'IAM role',
    tag: 'Recommended',
    goodFor: 'One account, or a few.',
    create: 'A role that trusts this installation and an external id made for this connection.',
    secret: 'None. AWS hands out keys that expire within an hour.',
    end: 'Delete the role.',
  },
  {
    way: 'organization',
    title: 'Whole organization',
    tag: null,
    goodFor: 'Many accounts of one AWS organization, also those that come later.',
    create: 'The same role in every account at once, by a StackSet or Terraform.',
    secret: 'None.',
    end: 'Delete the StackSet.',
  },
  {
    way: 'access_key',
    title: 'Access key',
    tag: null,
    goodFor: 'An account where no role can be created.',
    create: 'An IAM user with the read-only policy, and a key for it.',
    secret:
      'The key, encrypted. Whoever gets hold of it reads the account until you delete it; replace it every 90 days.',
    end: 'Delete the key.',
  },
  {
    way: 'instance_profile',
    title: 'This installation’s identity',
    tag: null,
    goodFor: 'The account that this installation itself runs in.',
    create: 'Nothing but the read-only policy on the identity that is there.',
    secret: 'None. The identity comes from where this installation runs.',
    end: 'Detach the policy.',
  },
] as const

export type Way = (typeof ways)[number]

export const questions = [
  { key: 'goodFor', title: 'For' },
  { key: 'create', title: 'You create' },
  { key: 'secret', title: 'Secret kept here' },
  { key: 'end', title: 'You end it' },
] as const
