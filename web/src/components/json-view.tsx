import { notify } from '../lib/notice.ts'
import { jsonLines, type JsonLine } from '../lib/json-lines.ts'
import styles from './json-view.module.css'

const copyPath = (path: string) =>
  void navigator.clipboard.writeText(path).then(
    () => notify(`Copied ${path}`),
    () => notify('The browser did not allow copying. Select the text instead.', 'bad'),
  )

const Line = ({ line }: { line: JsonLine }) => (
  <div style={{ paddingLeft: `${line.depth * 2}ch` }}>
    {line.key !== null && (
      <>
        <button
          type="button"
          className={styles.key}
          title={`Copy path ${line.path}`}
          onClick={() => copyPath(line.path)}
        >
          {JSON.stringify(line.key)}
        </button>
        {': '}
      </>
    )}
    <span data-kind={line.kind}>{line.text}</span>
    {line.comma && ','}
  </div>
)

/** JSON with colours by kind; a press on a key copies the path to it. */
export const JsonView = ({ value }: { value: unknown }) => (
  <div className={styles.json}>
    {jsonLines(value).map((line, index) => (
      <Line key={index} line={line} />
    ))}
  </div>
)
