import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Section } from '../../components/page.tsx'
import styles from './api-reference.module.css'
import { curlOf } from './curl.ts'
import type { Answer, ApiDocument, Operation, Schema } from './document.ts'
import { Marked } from './marked.tsx'
import type { PlacedOperation } from './operations.ts'
import { FieldList, type Marks, SchemaView } from './schema-view.tsx'
import { descriptionOf, typeWords } from './schema-words.ts'

const accessWords = (access: Operation['x-access']): string => {
  if (access === 'public') return 'Anybody may call it, without a token.'
  if (access === 'signed-in') return 'Whoever is signed in may call it.'
  return `Roles that may call it: ${access.join(', ')}.`
}

interface BodyProps {
  content: Answer['content']
  schemas: Record<string, Schema>
  marks: Marks
}

const BodyView = ({ content, schemas, marks }: BodyProps) =>
  Object.entries(content ?? {}).map(([mediaType, { schema }]) => (
    <div key={mediaType}>
      <p className="muted">
        <code className="mono">{mediaType}</code>
        {schema?.$ref && <>: {typeWords(schema)}</>}
      </p>
      {schema && <SchemaView schema={schema} schemas={schemas} marks={marks} />}
    </div>
  ))

const AnswerView = ({
  status,
  answer,
  schemas,
}: {
  status: string
  answer: Answer
  schemas: Record<string, Schema>
}) => (
  <div className={styles.answer}>
    <h3>
      <code className="mono">{status}</code> {answer.description === 'OK' ? '' : answer.description}
    </h3>
    {Object.entries(answer.headers ?? {}).map(([name, { description }]) => (
      <p key={name}>
        <code className="mono">{name}</code> {description}
      </p>
    ))}
    {answer.content ? (
      <BodyView content={answer.content} schemas={schemas} marks="optional" />
    ) : (
      <p className="muted">No body.</p>
    )}
  </div>
)

const isGood = (status: string): boolean => status.startsWith('2')

/** One operation: who may call it, what it takes, what it answers, and the call for a shell. */
export const OperationDetails = ({ operation, document }: { operation: PlacedOperation; document: ApiDocument }) => {
  const { schemas } = document.components
  const { method, path, summary = '', description, parameters = [], requestBody, responses } = operation
  const answers = Object.entries(responses)
  return (
    <article className={styles.details} aria-label={`${method} /api${path}`}>
      <header className={styles.intro}>
        <div className={styles.head}>
          <h2>
            <span className="mono">{method}</span> <span className="mono">/api{path}</span>
          </h2>
          <CopyButton text={location.href} what="link to this operation" />
        </div>
        <p>
          <Marked text={summary} />
        </p>
        {description && (
          <p>
            <Marked text={description} />
          </p>
        )}
        <p className="muted">{accessWords(operation['x-access'])}</p>
      </header>
      {parameters.length > 0 && (
        <Section title="Parameters">
          <FieldList
            schemas={schemas}
            marks="required"
            fields={parameters.map(({ name, in: place, schema = {}, required = false, description: words }) => ({
              name,
              schema,
              required,
              place,
              description: words ?? descriptionOf(schema),
            }))}
          />
        </Section>
      )}
      {requestBody && (
        <Section title="Body">
          <BodyView content={requestBody.content} schemas={schemas} marks="required" />
        </Section>
      )}
      <Section title="Call">
        <CodeBlock label="curl" text={curlOf(operation, location.origin, schemas)} />
      </Section>
      <Section title="Answers">
        {answers
          .filter(([status]) => isGood(status))
          .map(([status, answer]) => (
            <AnswerView key={status} status={status} answer={answer} schemas={schemas} />
          ))}
      </Section>
      <Section title="Errors">
        <dl className={styles.errors}>
          {answers
            .filter(([status]) => !isGood(status))
            .map(([status, answer]) => (
              <div key={status}>
                <dt className="mono">{status === 'default' ? 'Others' : status}</dt>
                <dd>
                  {answer.description.split('\n').map((line) => (
                    <p key={line}>
                      <Marked text={line} />
                    </p>
                  ))}
                </dd>
              </div>
            ))}
        </dl>
      </Section>
    </article>
  )
}
