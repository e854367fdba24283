import { appendFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm'
import {
  CreateVolumeCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  assumeRole,
  createTrustingRole,
  createUserWithKey,
  type Credentials,
  openTestGateway,
  startTimeout,
  type TestGateway,
} from './gateway-for-tests.ts'
import { required } from './required.ts'

let test: TestGateway
beforeAll(async () => void (test = await openTestGateway()), startTimeout)
afterAll(() => test.close())

async function restart(): Promise<void> {
  await test.gateway.close()
  test = await openTestGateway({ dataDir: test.dataDir })
}

const journal = () => join(test.dataDir, 'journal.ndjson')
const whoami = (credentials: Credentials) =>
  new STSClient(test.client(credentials)).send(new GetCallerIdentityCommand({}))
const volumes = async () =>
  (await new EC2Client(test.client()).send(new DescribeVolumesCommand({}))).Volumes?.map(
    ({ VolumeId, CreateTime }) => ({ VolumeId, CreateTime }),
  )
const defaultVpc = async (region: string) =>
  (await new EC2Client(test.client(undefined, region)).send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId

async function createListener(): Promise<string> {
  const elb = new ElasticLoadBalancingV2Client(test.client())
  const { Subnets } = await new EC2Client(test.client()).send(new DescribeSubnetsCommand({}))
  const subnets = (Subnets ?? []).slice(0, 2).map(({ SubnetId }) => required(SubnetId, 'SubnetId'))
  const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: 'kept', Subnets: subnets }))
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
    }),
  )
  return required(Listeners?.[0]?.ListenerArn, 'ListenerArn')
}

function at(client: EC2Client, instant: string): EC2Client {
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> }
      headers['x-gateway-time'] = instant
      return next(args)
    },
    { step: 'build' },
  )
  return client
}

describe('After a restart', () => {
  it('everything is back with the same ids, keys, times and contents', { timeout: startTimeout }, async () => {
    const key = await createUserWithKey(test, 'alice')
    const roleArn = await createTrustingRole(test, 'reader', required((await whoami(key)).Arn, 'Arn'), 'external')
    const session = await assumeRole(test, key, roleArn, 'external')
    const past = at(new EC2Client(test.client()), '2026-07-01T08:00:00Z')
    await past.send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1a', Size: 8 }))
    await new EC2Client(test.client()).send(new CreateVolumeCommand({ AvailabilityZone: 'eu-west-1b', Size: 9 }))
    const s3 = new S3Client(test.client())
    await s3.send(
      new CreateBucketCommand({ Bucket: 'kept', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    )
    await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'ünicode +.bin', Body: Buffer.from([0, 255, 10, 13]) }))
    const roleId = async () =>
      (await new IAMClient(test.client()).send(new GetRoleCommand({ RoleName: 'reader' }))).Role?.RoleId
    // Which Region is looked at first must not matter: default VPCs appear when a Region is first touched.
    const before = {
      volumes: await volumes(),
      roleId: await roleId(),
      paris: await defaultVpc('eu-west-3'),
      ohio: await defaultVpc('us-east-2'),
    }
    expect(before.volumes?.map(({ CreateTime }) => CreateTime?.toISOString().slice(0, 16))).toContain(
      '2026-07-01T08:00',
    )

    await restart()

    const after = {
      ohio: await defaultVpc('us-east-2'),
      paris: await defaultVpc('eu-west-3'),
      roleId: await roleId(),
      volumes: await volumes(),
    }
    expect(after).toEqual(before)
    expect((await whoami(key)).Arn).toMatch(/user\/alice$/)
    expect((await whoami(session)).Arn).toMatch(/assumed-role\/reader\/a-session$/)
    await expect(assumeRole(test, key, roleArn, 'wrong')).rejects.toMatchObject({ name: 'AccessDenied' })
    const object = await new S3Client(test.client()).send(
      new GetObjectCommand({ Bucket: 'kept', Key: 'ünicode +.bin' }),
    )
    expect([...(await required(object.Body, 'Body').transformToByteArray())]).toEqual([0, 255, 10, 13])
  })

  it(
    'certificates keep their serial numbers, queues their moment, listeners their rules',
    { timeout: startTimeout },
    async () => {
      const { CertificateArn } = await new ACMClient(test.client()).send(
        new RequestCertificateCommand({ DomainName: 'example.com', ValidationMethod: 'DNS' }),
      )
      const { QueueUrl } = await new SQSClient(test.client()).send(new CreateQueueCommand({ QueueName: 'kept' }))
      const ListenerArn = await createListener()
      const read = async () => ({
        serial: (await new ACMClient(test.client()).send(new DescribeCertificateCommand({ CertificateArn })))
          .Certificate?.Serial,
        moment: (
          await new SQSClient(test.client()).send(
            new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['CreatedTimestamp'] }),
          )
        ).Attributes?.['CreatedTimestamp'],
        rules: (
          await new ElasticLoadBalancingV2Client(test.client()).send(new DescribeRulesCommand({ ListenerArn }))
        ).Rules?.map(({ RuleArn }) => RuleArn),
      })
      const before = await read()
      expect(Object.values(before)).not.toContain(undefined)
      await restart()
      expect(await read()).toEqual(before)
    },
  )

  it('reads have left no trace in the journal', async () => {
    const before = await readFile(journal(), 'utf8')
    await volumes()
    await defaultVpc('eu-north-1')
    expect(await readFile(journal(), 'utf8')).toBe(before)
  })

  it('a last line torn by a kill is cut off and the rest is back', { timeout: startTimeout }, async () => {
    const whole = await readFile(journal(), 'utf8')
    await test.gateway.close()
    await appendFile(journal(), whole.slice(0, 200))
    test = await openTestGateway({ dataDir: test.dataDir })
    expect(await readFile(journal(), 'utf8')).toBe(whole)
    expect(await volumes()).toHaveLength(2)
    await createUserWithKey(test, 'after-the-tear')
    expect((await readFile(journal(), 'utf8')).startsWith(whole)).toBe(true)
  })

  it(
    'a damaged line in the middle stops the start and is named',
    async () => {
      const whole = await readFile(journal(), 'utf8')
      await test.gateway.close()
      const { openJournalFile } = await import('./journal-file.ts')
      const damaged = join(test.dataDir, 'damaged.ndjson')
      await appendFile(damaged, `${whole.slice(0, 50)}\n${whole}`)
      await expect(openJournalFile(damaged)).rejects.toThrow('journal line 1 cannot be read')
      test = await openTestGateway({ dataDir: test.dataDir })
    },
    startTimeout,
  )

  it('the journal is closed to other users of the machine and holds no signature', async () => {
    expect((await stat(journal())).mode & 0o077).toBe(0)
    expect(await readFile(journal(), 'utf8')).not.toMatch(/Signature=[0-9a-f]{64}/)
  })
})

describe('While the journal is replayed', () => {
  it('the status tells how far it is, calls wait, and are answered then', { timeout: startTimeout }, async () => {
    await test.gateway.close()
    const { startGateway } = await import('./gateway.ts')
    const { operators, python } = await import('./gateway-for-tests.ts')
    const gateway = await startGateway({
      dataDir: test.dataDir,
      python,
      operatorKeys: [operators.home],
      log: { info() {}, warn() {}, error() {} },
    })
    test = {
      ...test,
      gateway,
      client: () => ({
        endpoint: gateway.endpoint,
        region: 'eu-west-1',
        credentials: { ...operators.home },
        maxAttempts: 1,
      }),
    }
    expect(gateway.status().phase).not.toBe('ready')
    const answer = await (await fetch(`${gateway.endpoint}/_gateway/status`)).json()
    expect(answer).toMatchObject({ phase: expect.stringMatching(/starting|replaying/) })
    expect(await volumes()).toHaveLength(2)
    const { phase, replayed, total } = gateway.status()
    expect({ phase, replayed }).toEqual({ phase: 'ready', replayed: total })
    expect(total).toBeGreaterThan(5)
  })
})
