import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** A recorded answer about one resource, with `{{placeholders}}` for all that its clones differ in. */
const TemplateAnswer = z.strictObject({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type TemplateAnswer = z.infer<typeof TemplateAnswer>

/** What discovery made of the recorded resource, so what it must make of each clone. */
const Described = z.strictObject({
  resourceId: z.string(),
  arn: z.string(),
  name: z.string(),
  state: z.string().nullable(),
  region: z.string(),
  tags: z.record(z.string(), z.string()),
  createdAt: z.string().nullable(),
  properties: z.record(z.string(), z.unknown()),
  relationships: z.array(
    z.strictObject({
      kind: z.string(),
      to: z.string(),
      target: z.string(),
      by: z.enum(['id', 'arn', 'name']),
      reverse: z.boolean(),
    }),
  ),
})
export type Described = z.infer<typeof Described>

/** One recorded resource of a kind, made by `record.ts`. */
export const Template = z.strictObject({
  kind: z.string(),
  resourceType: z.string(),
  /** The resource as the list operation answers it: an XML element or a JSON value, as text. */
  item: z.string(),
  /** Answers to the calls that ask about it alone, by operation. */
  answers: z.record(z.string(), TemplateAnswer),
  described: Described,
})
export type Template = z.infer<typeof Template>

export const templateDirectory = join(import.meta.dirname, 'templates')

/** All recorded templates by their kind. */
export function readTemplates(directory = templateDirectory): Map<string, Template> {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'))
  const templates = files.map((file) => Template.parse(JSON.parse(readFileSync(join(directory, file), 'utf8'))))
  return new Map(templates.map((template) => [template.kind, template]))
}

/** A text taken apart at its placeholders: texts at even places, names at odd ones. */
export type Pattern = readonly string[]

export const patternOf = (text: string): Pattern => text.split(/\{\{([\w:.-]+)\}\}/)

/** The text with a value in place of each placeholder. */
export const fill = (pattern: Pattern, valueOf: (name: string) => string): string => {
  let text = pattern[0] ?? ''
  for (let index = 1; index < pattern.length; index += 2)
    text += valueOf(pattern[index] ?? '') + (pattern[index + 1] ?? '')
  return text
}
