import type { RelationshipKind } from '@dashboard/contract/vocabulary.ts'
import type { FieldPath, ItemsPath, Path } from './path.ts'
import type { AddressedBy, ResourceTypeDefinition } from './resource-type.ts'

/** Names of an SDK client's operations: `DescribeVolumes` for `DescribeVolumesCommand`. */
export type Operation<Client> = {
  // `$Command` is the base class that every client exports beside its operations.
  [K in keyof Client]: K extends '$Command' ? never : K extends `${infer Name}Command` ? Name : never
}[keyof Client]

type Command<Client, Name extends string> = Client[`${Name}Command` & keyof Client]
type Input<Client, Name extends string> =
  Command<Client, Name> extends new (input: never) => { readonly input: infer Request } ? Request : never
type Output<Client, Name extends string> =
  Command<Client, Name> extends new (input: never) => {
    resolveMiddleware(...input: never[]): (...input: never[]) => Promise<{ output: infer Answer }>
  }
    ? Omit<Answer, '$metadata'>
    : never

/** The item as it is recorded: the SDK's shape after JSON, so a `Date` is an ISO string and bytes are base64. */
export type Recorded<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer Element)[]
    ? Recorded<Element>[]
    : T extends object
      ? { [K in keyof T]: Recorded<T[K]> }
      : T

/** A member of an answer, or of a structure in it. */
type Member<Answer> = Exclude<Path<Answer, 1>, `${string}[]${string}`>

interface Page<Request, Answer> {
  /** Member of the request that takes the token, and of the answer that gives the next one. */
  request: keyof Request & string
  response: Member<Answer>
  /** Where a token is in several members: the others, request to answer. */
  also?: { readonly [Name in keyof Request & string]?: Member<Answer> }
  /** The page size we ask for is `max`; `min` is the least AWS accepts, used to probe a permission cheaply. */
  size?: { name: keyof Request & string; min: number; max: number }
}

interface List<Client, Item, Name extends string> {
  operation: Name
  /** Where the answer holds the items, or a function where AWS answers bare names. */
  items:
    | ItemsPath<Output<Client, Name>, Item>
    | ((answer: Output<Client, Name>, parent: string) => readonly Partial<Item>[] | undefined)
  input?: Partial<Input<Client, Name>>
  /** What asks for the items of one parent; where there is a `parent`. */
  of?: (parent: string) => Partial<Input<Client, Name>>
  /** Left out only where the operation has no pages. */
  page?: Page<Input<Client, Name>, Output<Client, Name>>
  /** AWS leaves the list out where nothing is in it. Everywhere else an answer without it counts as a failure. */
  absentWhenEmpty?: true
}

/** What the items are listed by: the clusters of services, the zones of records. Asked for first, with its own pages. */
interface Parent<Client, Name extends string> {
  operation: Name
  iamAction: `${string}:${string}`
  /** What `list.of` asks by, of each parent. Undefined, like an answer without its list, is a failure. */
  names: (answer: Output<Client, Name>) => readonly (string | undefined)[] | undefined
  input?: Partial<Input<Client, Name>>
  /** Left out only where the operation has no pages. */
  page?: Page<Input<Client, Name>, Output<Client, Name>>
  /** Error codes of the list call that say the parent has gone since: it holds nothing. Any other fails the scope. */
  gone: readonly string[]
}

interface Detail<Client, Item, Name extends string> {
  operation: Name
  iamAction: `${string}:${string}`
  input: (item: Recorded<Item>) => Input<Client, Name>
  /** What of the answer is kept; all of it when left out. A function where it is one of a list. */
  pick?: Path<Output<Client, Name>, 2> | ((answer: Output<Client, Name>) => unknown)
  /** Property that receives it; left out, the picked object is merged into the item. */
  as?: keyof Item & string
  page?: Omit<Page<Input<Client, Name>, Output<Client, Name>>, 'size'>
  /** Error codes that say "not configured": the property becomes null, and nothing failed. */
  absent?: readonly string[]
  /** Called only for items of which this is true. */
  when?: (item: Recorded<Item>) => boolean
}

type Target = string | null | undefined

interface Relationship<Item> {
  to: `AWS::${string}::${string}`
  kind: RelationshipKind
  /** What the item says of the other end. Whatever starts with `arn:` counts as an ARN. */
  at: (item: Recorded<Item>) => Target | readonly Target[]
  /** What `at` gives; default `id`. */
  by?: AddressedBy
  /** The other end is the one that acts: a queue `invokes` this function. */
  reverse?: true
}

type Placeholder<Template> = Template extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never

/** Either a field that holds the ARN, or a template whose placeholders are fields, `{partition}`, `{region}` or `{account}`. */
type ArnOf<Text, Item> = Text extends `arn:${string}`
  ? [UnknownPlaceholder<Text, Item>] extends [never]
    ? Text
    : `arn:…{${UnknownPlaceholder<Text, Item> & string}} names no field`
  : FieldPath<Item>

type UnknownPlaceholder<Text, Item> = Exclude<Placeholder<Text>, 'partition' | 'region' | 'account' | FieldPath<Item>>

interface Entry<Client, Item, ArnText extends string> {
  /** CloudFormation type name, the catalog's key. */
  resourceType: `AWS::${string}::${string}`
  /** Prefix of its IAM actions and ARNs. */
  service: string
  /** Suffix of the SDK package (`@aws-sdk/client-…`) where it is not the service. */
  client?: string
  scope: 'regional' | 'global'
  label: string
  list: { [Name in Operation<Client>]: List<Client, Item, Name> }[Operation<Client>]
  parent?: { [Name in Operation<Client>]: Parent<Client, Name> }[Operation<Client>]
  /** What the list call needs; parent and details name their own. */
  iamActions: readonly `${string}:${string}`[]
  id: FieldPath<Item>
  arn: ArnOf<ArnText, Item>
  /** How old a complete answer may become before AWS is asked again; left out: an hour. */
  maxStaleness?: { minutes: number }
  /** Left out: the tag `Name`, else the id. Through a list, its first counts. */
  name?: Path<Item, 4> | ((item: Recorded<Item>) => string | undefined)
  /** A list of key and value, or a map. */
  tags?: FieldPath<Item>
  state?: FieldPath<Item>
  /** DNS name or public address under which it answers: others may name it by that alone. */
  endpoint?: FieldPath<Item>
  createdAt?: FieldPath<Item>
  /** Region of a resource that is listed globally; undefined while it is not known. Details are called there. */
  region?: (item: Recorded<Item>) => string | undefined
  details?: readonly { [Name in Operation<Client>]: Detail<Client, Item, Name> }[Operation<Client>][]
  relationships?: readonly Relationship<Item>[]
  /** CloudTrail event name → path of the ids in its record. */
  events?: Readonly<Record<string, string>>
  /** Strings that hold JSON, URL-encoded or not: recorded as what they hold. */
  documents?: readonly Path<Item>[]
  /** Lists that AWS answers in any order: sorted, so that order makes no version. */
  unordered?: readonly Path<Item>[]
  /** Fields that move by themselves: recorded, but they make no version. */
  volatile?: readonly Path<Item>[]
  /** Fields that may hold secrets: keys stay, every value below becomes `[redacted]` before anything is stored. */
  redact?: readonly Path<Item>[]
}

/**
 * Types a catalog entry from the SDK: `resourceTypeOf<typeof ec2, ec2.Volume>()({…})`. A wrong operation, field or page
 * token fails the type check. The SDK is imported as a type only, so an entry loads no client.
 */
export const resourceTypeOf =
  <Client, Item extends object>() =>
  <const ArnText extends string>(entry: Entry<Client, Item, ArnText>): ResourceTypeDefinition =>
    // The engine sees items as plain properties; that the entry's functions fit them is what `Entry` has checked.
    entry as unknown as ResourceTypeDefinition
