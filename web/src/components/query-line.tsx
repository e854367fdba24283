import { useId, useState, type KeyboardEvent } from 'react'
import { formatNumber } from '../lib/format.ts'
import {
  lastWord,
  parseQueryLine,
  tokenParts,
  tokensOf,
  withoutToken,
  withToken,
  type QueryFilter,
  type TokenKey,
} from '../lib/query-line.ts'
import { suggest, tagKeyOf, type Facets, type Suggestion } from '../lib/suggest.ts'
import { Icon } from './icon.tsx'
import styles from './query-line.module.css'
import { useDraft } from './use-draft.ts'

interface QueryLineProps {
  filter: QueryFilter
  onChange: (filter: QueryFilter) => void
  facets: Facets
  /** How a value reads, for example an account's name for its id. */
  wordFor: (key: TokenKey, value: string) => string
  /** The key of the tag whose values are about to be typed: their facets are wanted. */
  onTagKey: (key: string | undefined) => void
  /** Escape where there is nothing left to close. */
  onLeave: () => void
}

/** One line that holds the whole filter: tokens as chips, free text as it is typed, values completed with their counts. */
export const QueryLine = ({ filter, onChange, facets, wordFor, onTagKey, onLeave }: QueryLineProps) => {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const [draft, setDraft] = useDraft(filter.text ?? '', (typed) => {
    const next = merged(filter, typed, false)
    onChange(next)
    return next.text ?? ''
  })
  const offers = open ? suggest(lastWord(draft), facets) : []
  const option = offers[active]
  const write = (typed: string, isKnown?: boolean) => {
    setDraft(typed, isKnown)
    onTagKey(tagKeyOf(lastWord(typed)))
  }

  const commit = (typed: string) => {
    const next = merged(filter, typed, true)
    write(next.text ?? '', true)
    onChange(next)
    setActive(-1)
  }
  const take = ({ key, value, insert }: Suggestion) => {
    const before = draft.slice(0, draft.length - lastWord(draft).length)
    setActive(-1)
    if (value === undefined) return write(`${before}${quoted(insert ?? '')}`, true)
    const next = withToken(merged(filter, before, true), key, value)
    write(next.text ?? '', true)
    onChange(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = tokensOf(filter).at(-1)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const by = event.key === 'ArrowDown' ? 1 : -1
      setActive((now) => Math.max(-1, Math.min(offers.length - 1, now + by)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (option) take(option)
      else commit(draft)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      if (open && offers.length) return setOpen(false)
      event.currentTarget.blur()
      onLeave()
    } else if (event.key === 'Backspace' && draft === '' && last) {
      onChange(withoutToken(filter, last.key, last.value))
    }
  }
  return (
    <div className={styles.line}>
      <Icon name="search" size={14} />
      <div className={styles.inside}>
        {tokensOf(filter).map(({ key, value }) => (
          <button
            key={`${key}:${value}`}
            type="button"
            className={styles.token}
            title={`Remove ${tokenParts(key, value).join('')}`}
            aria-label={`Remove filter ${tokenParts(key, wordFor(key, value)).join('')}`}
            onClick={() => onChange(withoutToken(filter, key, value))}
          >
            <span className={styles.key}>{tokenParts(key, value)[0]}</span>
            {tokenParts(key, wordFor(key, value))[1]}
            <Icon name="close" size={10} />
          </button>
        ))}
        <input
          data-query-line=""
          role="combobox"
          aria-label="Filter resources"
          aria-expanded={offers.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={option ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={
            tokensOf(filter).length
              ? 'Add a filter'
              : 'Filter: service:ec2 region:eu-west-1 tag.env=prod changed<24h, or a part of name, id or ARN'
          }
          value={draft}
          onChange={({ target }) => {
            setOpen(true)
            setActive(-1)
            if (/\s$/.test(target.value) && tokensOf(parseQueryLine(target.value)).length) commit(target.value)
            else write(target.value)
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
        />
      </div>
      {(tokensOf(filter).length > 0 || filter.text) && (
        <button
          type="button"
          className={styles.clear}
          onClick={() => {
            write('', true)
            onChange({})
          }}
        >
          Clear
        </button>
      )}
      <div
        className={styles.list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Suggestions"
        hidden={offers.length === 0}
      >
        {offers.map((offer, index) => (
          <div
            key={`${offer.key}:${offer.value ?? offer.insert ?? ''}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            // Before the click: a press would take the focus from the line, and with it the list.
            onMouseDown={(event) => {
              event.preventDefault()
              take(offer)
            }}
          >
            <span>
              {offer.value !== undefined && <span className={styles.key}>{tokenParts(offer.key, offer.value)[0]}</span>}
              {offer.label}
            </span>
            {offer.count !== undefined && <span className={styles.count}>{formatNumber(offer.count)}</span>}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The filter with what stands in the line; a word like `region:eu` only becomes a token once it is committed. */
const merged = (filter: QueryFilter, typed: string, committed: boolean): QueryFilter => {
  const parsed = parseQueryLine(typed)
  const { text: _, ...tokens } = filter
  const next = committed
    ? tokensOf(parsed).reduce<QueryFilter>((all, { key, value }) => withToken(all, key, value), tokens)
    : tokens
  return parsed.text ? { ...next, text: parsed.text } : next
}

/** A tag's key may hold blanks: in quotes it stays one word. The quote is closed by whoever types on. */
const quoted = (insert: string): string => (/\s/.test(insert) ? `tag:"${insert.slice('tag.'.length)}` : insert)
