import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EstateProduct } from '../resilience/estate-product.ts'
import { openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { startDiscoveredEstate } from './parts/discovered-estate.ts'
import { settledReadingOf } from './parts/reading.ts'
import { signInAsAdmin } from './parts/sign-in.ts'
import { follow, load, reload } from './parts/visit.ts'

let estate: EstateProduct
let browser: Browser
let watched: Watched
const known: Record<string, string> = {}

const get = async <Body>(path: string): Promise<Body> => (await estate.product.call<Body>('GET', path)).body
interface Listed {
  items: { id: string }[]
  nextToken?: string
}

/** What the links below name in braces. */
const collect = async () => {
  const [instances, accounts, jobs, page] = await Promise.all([
    get<Listed>('/resources?resourceType=AWS::EC2::Instance&maxResults=1'),
    get<Listed>('/aws/accounts'),
    get<Listed>('/jobs'),
    get<Listed>('/resources?maxResults=100'),
  ])
  Object.assign(known, {
    resource: instances.items[0]?.id,
    account: accounts.items[0]?.id,
    job: jobs.items[0]?.id,
    next: encodeURIComponent(page.nextToken ?? ''),
    accountId: estate.aws.estate.accounts[0],
    region: estate.aws.estate.regions[0],
  })
}

const filled = (link: string): string =>
  link.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = known[name]
    if (!value) throw new Error(`The estate has no ${name}.`)
    return value
  })

beforeAll(async () => {
  estate = await startDiscoveredEstate()
  await collect()
  browser = await startBrowser()
  watched = await openPage(browser, estate.product.url)
  await watched.page.goto(estate.product.url)
  await signInAsAdmin(watched.page)
})

afterAll(async () => {
  await browser?.close()
  await estate?.close()
})

describe('A copied address shows the same screen again', () => {
  test.each([
    ['the overview of one account', '/?account={accountId}'],
    ['a filter by service and region', '/resources?service=ec2&region={region}'],
    ['a filter by part of a name', '/resources?text=web'],
    ['what changed within a day, by time', '/resources?changedSince=24h&change=CREATED&sort=lastUpdated&order=desc'],
    ['a filter that nothing matches', '/resources?environment=nowhere'],
    ['a filter by a type that there is not', '/resources?type=Volumen'],
    ['the second page of the list', '/resources?page=2&after={next}'],
    ['groups by region, one of them open', '/resources?group=region&in={region}'],
    ['groups by environment', '/resources?group=environment'],
    ['a set of columns', '/resources?columns=name&columns=arn&columns=createdAt&facets=hidden'],
    ['a tag as a column', '/resources?columns=name&columns=tag:Name'],
    ['a resource in the inspector', '/resources?type=AWS::EC2::Instance&open={resource}'],
    ['its relations in the inspector', '/resources?open={resource}&tab=relations'],
    ['the page of a resource', '/resources/{resource}'],
    ['its tags', '/resources/{resource}?tab=tags'],
    ['its history', '/resources/{resource}?tab=versions'],
    ['its raw JSON', '/resources/{resource}?tab=json'],
    ['a resource that there is not', '/resources/01990000-0000-7000-8000-000000000000'],
    ['the accounts', '/accounts'],
    ['one account', '/accounts/{account}'],
    ['the way to connect an account', '/accounts/connect?step=account&method=access_key'],
    ['the credentials', '/credentials'],
    ['the ledger as a matrix', '/discovery'],
    ['the ledger as a list of what is denied', '/discovery?view=list&status=ACCESS_DENIED'],
    ['one scope of the ledger', '/discovery?open={accountId}/{region}/AWS::SQS::Queue'],
    ['the runs', '/jobs'],
    ['what a run was denied', '/jobs/{job}?status=ACCESS_DENIED'],
    ['the settings', '/settings'],
    ['an address that makes no sense', '/resources?sort=price&colour=red'],
  ])('%s', async (_what, link) => {
    const { page } = watched
    await follow(page, filled(link))
    const [before, address] = [await settledReadingOf(page), page.url()]
    await reload(page)
    expect(await settledReadingOf(page)).toBe(before)
    expect(page.url()).toBe(address)
  })

  test('the second page begins where the first ends', async () => {
    const { page } = watched
    await load(page, estate.product.url + filled('/resources?page=2&after={next}'))
    expect(await settledReadingOf(page)).toMatch(/101–\d+ of /)
  })

  test('what the page does not understand is said, not swallowed', async () => {
    const { page } = watched
    await load(page, `${estate.product.url}/resources?sort=price&colour=red`)
    await page.getByText('This page does not know what sort, colour in the address means').waitFor()
    await settledReadingOf(page)
    expect(await page.getByRole('row').count()).toBeGreaterThan(20)
  })

  test('no error was written to the console but for what is not there', () => {
    expect(watched.faults.filter((fault) => !fault.includes('404'))).toEqual([])
  })
})
