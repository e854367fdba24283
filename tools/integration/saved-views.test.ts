import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SavedView } from '@dashboard/contract/views.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { behindProxy, type People, peopleOf } from './sign-in/people.ts'

type Person = Awaited<ReturnType<People['signInNewUser']>>

let product: Product
let people: People
let viewer: Person
let operator: Person
let admin: Person

beforeAll(async () => {
  product = await startProduct(behindProxy)
  people = peopleOf(product)
  viewer = await people.signInNewUser('viewer')
  operator = await people.signInNewUser('operator')
  admin = await people.signInNewUser('admin')
})

afterAll(async () => {
  await product?.close()
})

type Body = SavedView & { code?: string; items?: SavedView[] }

const as = (person: Person) => async (method: string, path: string, body?: unknown) => {
  const answer = await product.call<Body>(method, path, body, { token: person.accessToken })
  return { status: answer.status, body: answer.body }
}

let made = 0
const save = async (person: Person, view: Partial<SavedView> = {}): Promise<SavedView> => {
  made += 1
  const given = { page: 'resources', name: `View ${made}`, search: 'region=eu-west-1', ...view }
  const { status, body } = await as(person)('POST', '/views', given)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

const namesSeenBy = async (person: Person, page = ''): Promise<string[]> =>
  (await as(person)('GET', `/views${page}`)).body.items?.map(({ name }) => name) ?? []

describe('A saved view', () => {
  test('comes back as it was saved, to whoever saved it, viewers too', async () => {
    const view = await save(viewer, { name: '  Production volumes ', search: 'environment=production&text=50%25' })
    expect(view).toMatchObject({
      page: 'resources',
      name: 'Production volumes',
      search: 'environment=production&text=50%25',
      shared: false,
      own: true,
      owner: viewer.email,
    })
    expect((await as(viewer)('GET', '/views')).body.items).toContainEqual(view)
  })

  test('is nobody else’s business until it is shared', async () => {
    const { id, name } = await save(viewer)
    for (const person of [operator, admin]) {
      expect(await namesSeenBy(person)).not.toContain(name)
      for (const [method, body] of [
        ['PUT', { name: 'Mine now' }],
        ['DELETE', undefined],
      ] as const) {
        const refused = await as(person)(method, `/views/${id}`, body)
        expect([refused.status, refused.body.code]).toEqual([404, 'NOT_FOUND'])
      }
    }
    await as(viewer)('PUT', `/views/${id}`, { shared: true })
    expect(await namesSeenBy(operator)).toContain(name)
  })

  test('that is shared is changed by its owner and by administrators only', async () => {
    const { id } = await save(viewer, { shared: true })
    for (const [method, body] of [
      ['PUT', { name: 'Mine now' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await as(operator)(method, `/views/${id}`, body)
      expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN'])
    }
    const renamed = await as(admin)('PUT', `/views/${id}`, { name: 'Tidied up' })
    expect(renamed.body).toMatchObject({ name: 'Tidied up', shared: true, own: false, owner: viewer.email })
    expect((await as(admin)('DELETE', `/views/${id}`)).status).toBe(204)
    expect((await as(viewer)('PUT', `/views/${id}`, { name: 'Gone' })).status).toBe(404)
  })

  test('keeps what a change does not name', async () => {
    const view = await save(operator, { search: 'state=available', shared: true })
    const { body } = await as(operator)('PUT', `/views/${view.id}`, { name: 'Only the name' })
    expect(body).toEqual({ ...view, name: 'Only the name' })
  })

  test('has a name that its owner has no other view of for that page', async () => {
    await save(operator, { name: 'Twice', page: 'resources' })
    await save(operator, { name: 'Twice', page: 'accounts' })
    await save(viewer, { name: 'Twice', page: 'resources' })
    const again = await as(operator)('POST', '/views', { page: 'resources', name: 'Twice', search: '' })
    expect([again.status, again.body.code]).toEqual([409, 'VIEW_EXISTS'])
    const { id } = await save(operator, { name: 'Once' })
    const renamed = await as(operator)('PUT', `/views/${id}`, { name: 'Twice' })
    expect([renamed.status, renamed.body.code]).toEqual([409, 'VIEW_EXISTS'])
  })

  test('is offered on its own page, one’s own before what others share', async () => {
    await save(viewer, { name: 'zz of the viewer', page: 'discovery' })
    await save(operator, { name: 'aa of the operator', page: 'discovery', shared: true })
    expect(await namesSeenBy(viewer, '?page=discovery')).toEqual(['zz of the viewer', 'aa of the operator'])
    expect(await namesSeenBy(operator, '?page=discovery')).toEqual(['aa of the operator'])
  })
})

test('A user keeps at most 200 views, also when many are saved at once', { timeout: 120_000 }, async () => {
  const eager = await people.signInNewUser('viewer')
  const attempts = Array.from({ length: 210 }, (_, index) => ({ page: 'accounts', name: `Many ${index}`, search: '' }))
  const answers: { status: number; body: Body }[] = []
  for (let at = 0; at < attempts.length; at += 15)
    answers.push(...(await Promise.all(attempts.slice(at, at + 15).map((view) => as(eager)('POST', '/views', view)))))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(200)
  expect(answers.filter(({ body }) => body.code === 'TOO_MANY_VIEWS')).toHaveLength(10)
})
