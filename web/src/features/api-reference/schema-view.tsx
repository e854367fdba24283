import { useState } from 'react'
import styles from './api-reference.module.css'
import { resolve, type Schema } from './document.ts'
import { Marked } from './marked.tsx'
import { descriptionOf, limitWords, partsOf, typeWords } from './schema-words.ts'

interface FieldFacts {
  name: string
  schema: Schema
  required: boolean
  /** Where it goes: “path”, “query”. */
  place?: string
  description?: string | undefined
}

type Schemas = Record<string, Schema>

/** Of what is sent, what must be there is marked; of what is answered, what may be missing. */
export type Marks = 'required' | 'optional'

interface FieldListProps {
  fields: readonly FieldFacts[]
  schemas: Schemas
  marks: Marks
}

/** Fields with what they hold; those that have fields of their own open below. */
export const FieldList = ({ fields, schemas, marks }: FieldListProps) => (
  <ul className={styles.fields}>
    {fields.map(({ name, schema, required, place, description = descriptionOf(schema) }) => (
      <li key={name}>
        <div className={styles.field}>
          <code className={styles.name}>{name}</code>
          <span className={styles.type}>{typeWords(schema)}</span>
          {required === (marks === 'required') && <span className={styles.mark}>{marks}</span>}
          {place && <span className="muted">{place}</span>}
        </div>
        {description && (
          <p>
            <Marked text={description} />
          </p>
        )}
        {limitWords(schema).length > 0 && <p className={styles.limits}>{limitWords(schema).join('; ')}</p>}
        <Parts schema={schema} schemas={schemas} marks={marks} />
      </li>
    ))}
  </ul>
)

interface SchemaProps {
  schema: Schema
  schemas: Schemas
  marks: Marks
}

const Parts = ({ schema, ...others }: SchemaProps) =>
  partsOf(schema).map((part, index, all) => (
    <Fold key={index} title={titleOf(part, index, all.length)} schema={part} {...others} />
  ))

const constants = ({ properties = {} }: Schema): string[] =>
  Object.entries(properties).flatMap(([name, { const: value }]) =>
    value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`],
  )

/** A choice is told apart by the field that is fixed in it, if there is one. */
const titleOf = (part: Schema, index: number, count: number): string => {
  if (part.$ref !== undefined) return typeWords(part)
  const [fixed] = constants(part)
  if (fixed !== undefined) return fixed
  return count === 1 ? 'Fields' : `Fields, ${index + 1}`
}

/** Made when it is opened: schemas hold each other, and whole they would be long. */
const Fold = ({ title, ...schema }: SchemaProps & { title: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.fold} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && <SchemaView {...schema} />}
    </details>
  )
}

/** What a body holds: its fields, or what it is when it has none. */
export const SchemaView = ({ schema: given, schemas, marks }: SchemaProps) => {
  const { schema } = resolve(given, schemas)
  if (schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, value]) => ({
      name,
      schema: value,
      required: schema.required?.includes(name) ?? false,
    }))
    return <FieldList fields={fields} schemas={schemas} marks={marks} />
  }
  return (
    <>
      <p className={styles.type}>{partsOf(schema).length > 1 ? 'one of' : typeWords(schema)}</p>
      <Parts schema={schema} schemas={schemas} marks={marks} />
    </>
  )
}
