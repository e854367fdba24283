/**
 * The items of a recorded list, each as the text it came as: the children of an XML element, the elements of a JSON
 * member. Empty where the answer has no such list.
 */
export function listItems(body: string, container: string): string[] {
  return body.trimStart().startsWith('<') ? xmlChildren(body, container) : jsonElements(body, container)
}

/** Start tag, end tag, or tag without content. Recorded answers hold no comments and no CDATA. */
const tag = /<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>/g

function xmlChildren(body: string, container: string): string[] {
  const children: string[] = []
  let containerDepth: number | undefined
  let depth = 0
  let childStart = 0
  for (const { 0: text, 1: closing, 2: name, 3: empty, index } of body.matchAll(tag)) {
    if (closing) depth -= 1
    if (containerDepth !== undefined && closing && depth === containerDepth) break
    if (containerDepth !== undefined && depth === containerDepth + 1) {
      if (!closing) childStart = index
      if (closing || empty) children.push(body.slice(childStart, index + text.length))
    }
    if (containerDepth === undefined && !closing && name === container) {
      if (empty) break
      containerDepth = depth
    }
    if (!closing && !empty) depth += 1
  }
  return children
}

function jsonElements(body: string, member: string): string[] {
  const list = (JSON.parse(body) as Record<string, unknown>)[member]
  return Array.isArray(list) ? list.map((element) => JSON.stringify(element)) : []
}

/** XML without the white space between elements, which says nothing. */
export const withoutIndentation = (xml: string): string => xml.replace(/>\s+</g, '><').trim()
