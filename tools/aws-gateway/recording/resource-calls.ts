import type { Call } from '../call.ts'
import type { Parameters } from './parameters.ts'

/** A call that asks about one resource alone. */
interface ResourceCall {
  resourceType: string
  /** The id in what was asked; undefined where it was left out. */
  id: (parameters: Parameters, call: Call) => string | undefined
}

const afterLast = (separator: string) => (text: string | undefined) => text?.slice(text.lastIndexOf(separator) + 1)
const name = (parameter: string) => (parameters: Parameters) => parameters.text(parameter)
const arn = (parameter: string, separator: string) => (parameters: Parameters) =>
  afterLast(separator)(parameters.text(parameter))

const bucketOf: ResourceCall['id'] = (_parameters, { request }) => decodeURIComponent(request.path.split('/')[1] ?? '')
const bucket: ResourceCall = { resourceType: 'AWS::S3::Bucket', id: bucketOf }
const balancer = (parameter: string): ResourceCall => ({
  resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  // …:loadbalancer/app/name/0123456789abcdef
  id: (parameters) => parameters.text(parameter)?.split('/')[2],
})
const table = (id: ResourceCall['id']): ResourceCall => ({ resourceType: 'AWS::DynamoDB::Table', id })
const queue = (id: ResourceCall['id']): ResourceCall => ({ resourceType: 'AWS::SQS::Queue', id })
const policy: ResourceCall = { resourceType: 'AWS::IAM::ManagedPolicy', id: arn('PolicyArn', '/') }
const user: ResourceCall = { resourceType: 'AWS::IAM::User', id: name('UserName') }
const lambda = (id: ResourceCall['id']): ResourceCall => ({ resourceType: 'AWS::Lambda::Function', id })

const calls: Record<string, ResourceCall> = {
  'dynamodb:DescribeTable': table(name('TableName')),
  'dynamodb:ListTagsOfResource': table(arn('ResourceArn', '/')),
  'elasticloadbalancing:DescribeTags': balancer('ResourceArns.member.1'),
  'elasticloadbalancing:DescribeTargetGroups': balancer('LoadBalancerArn'),
  'iam:GetPolicy': policy,
  'iam:GetPolicyVersion': policy,
  'iam:ListPolicyTags': policy,
  'iam:GetRole': { resourceType: 'AWS::IAM::Role', id: name('RoleName') },
  'iam:GetUser': user,
  'iam:ListAccessKeys': user,
  'iam:ListMFADevices': user,
  'lambda:GetFunctionConfiguration': lambda((_parameters, { request }) => request.path.split('/')[3]),
  'lambda:ListEventSourceMappings': lambda(name('FunctionName')),
  'lambda:ListTags': lambda((_parameters, { request }) => afterLast(':')(decodeURIComponent(request.path))),
  'logs:ListTagsForResource': {
    resourceType: 'AWS::Logs::LogGroup',
    id: (parameters) => parameters.text('resourceArn')?.split(':log-group:')[1],
  },
  'sqs:GetQueueAttributes': queue(arn('QueueUrl', '/')),
  'sqs:GetQueueUrl': queue(name('QueueName')),
  'sqs:ListQueueTags': queue(arn('QueueUrl', '/')),
}

/** What a call asks about; undefined for one that asks about no single resource of the catalog. */
export const resourceCall = ({ service, operation, request }: Call): ResourceCall | undefined =>
  service === 's3' && request.path.split('/')[1] ? bucket : calls[`${service}:${operation}`]

/** AWS's code, status and words for a resource that is not there. */
export const absences: Record<string, [code: string, status: number, message: string]> = {
  'AWS::DynamoDB::Table': ['ResourceNotFoundException', 400, 'Requested resource not found'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerNotFound', 400, 'One or more load balancers not found'],
  'AWS::IAM::ManagedPolicy': ['NoSuchEntity', 404, 'The policy cannot be found.'],
  'AWS::IAM::Role': ['NoSuchEntity', 404, 'The role cannot be found.'],
  'AWS::IAM::User': ['NoSuchEntity', 404, 'The user cannot be found.'],
  'AWS::Lambda::Function': ['ResourceNotFoundException', 404, 'Function not found'],
  'AWS::Logs::LogGroup': ['ResourceNotFoundException', 400, 'The specified log group does not exist.'],
  'AWS::RDS::DBInstance': ['DBInstanceNotFound', 404, 'The DB instance cannot be found.'],
  'AWS::S3::Bucket': ['NoSuchBucket', 404, 'The specified bucket does not exist'],
  'AWS::SQS::Queue': ['QueueDoesNotExist', 400, 'The specified queue does not exist.'],
}
