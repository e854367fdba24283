import { startGateway } from '../aws-gateway/gateway.ts'
import { openDemoDataDir } from './demo-secrets.ts'
import { buildDemoOrganisation } from './build-demo-organisation.ts'
import { demoFaults } from './demo-faults.ts'
import { EC2Client, DescribeInstancesCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { S3Client, GetBucketPolicyStatusCommand, GetBucketPolicyCommand } from '@aws-sdk/client-s3'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { execSync } from 'node:child_process'
import http from 'node:http'
const dataDir=process.argv[2]!
const log:any={info:(v:any,m:any)=>console.log('INFO',m,v),warn:(v:any,m:any)=>console.log('WARN',m,v),error:(v:any,m:any)=>console.log('ERR',m,v)}
const operatorKeys=await openDemoDataDir(dataDir)
const g=await startGateway({dataDir,python:'/tmp/gwdev/slim/bin/python',operatorKeys,faults:demoFaults,log})
await g.ready
await buildDemoOrganisation({endpoint:g.endpoint,operatorKeys,dataDir,log,now:new Date('2026-11-25T12:00:00Z')})
const k=operatorKeys.find(k=>k.accountId==='602214076318')!
const cfg={endpoint:g.endpoint,region:'eu-west-1',credentials:{...k},maxAttempts:1}
const ids=async()=>(await new EC2Client(cfg).send(new DescribeInstancesCommand({}))).Reservations!.flatMap(r=>r.Instances!).map(i=>i.InstanceId+' '+i.LaunchTime!.toISOString())
console.log(await ids())
console.log((await new LambdaClient(cfg).send(new ListFunctionsCommand({}))).Functions!.map(f=>f.VpcConfig?.VpcId))
for (const C of [GetBucketPolicyStatusCommand,GetBucketPolicyCommand]) console.log(await new S3Client(cfg).send(new (C as any)({Bucket:'payments-prod-brand-assets'})).then((r:any)=>[r.PolicyStatus,r.Policy],(e:any)=>e.name))
// rates
const rate=async(n:string,f:()=>Promise<unknown>,c=1)=>{for(let i=0;i<5;i++)await f();const t=performance.now();let k=0;await Promise.all(Array.from({length:c},async()=>{while(performance.now()-t<2500){await f();k++}}));console.log(n,'c='+c,(k/((performance.now()-t)/1000)).toFixed(0)+'/s')}
const ddb=new DynamoDBClient(cfg), ec2=new EC2Client(cfg), sts=new STSClient(cfg)
// moto alone: the launcher of this gateway
const py=execSync(`pgrep -P ${process.pid} -f moto_launcher`).toString().trim().split('\n')[0]
const token=execSync(`tr '\\0' '\\n' < /proc/${py}/environ | grep GATEWAY_TOKEN | cut -d= -f2`).toString().trim()
const port=Number(execSync(`ss -ltnp | grep pid=${py}, | awk '{print $4}' | cut -d: -f2`).toString().trim())
const agent=new http.Agent({keepAlive:true})
const raw=(p:number,h:any,path:string,body:string,method='POST')=>new Promise<number>((res,rej)=>{const r=http.request({host:'127.0.0.1',port:p,path,method,agent,headers:h},m=>{m.resume();m.on('end',()=>res(m.statusCode!))});r.on('error',rej);r.end(body)})
const auth=(s:string)=>({authorization:`AWS4-HMAC-SHA256 Credential=AKIA/20261125/eu-west-1/${s}/aws4_request, SignedHeaders=host, Signature=0`,'x-moto-account-id':k.accountId,'x-gateway-token':token})
for (const c of [1,8]){
await rate('dynamodb ListTables SDK through gateway',()=>ddb.send(new ListTablesCommand({})),c)
await rate('dynamodb ListTables raw moto alone',()=>raw(port,{...auth('dynamodb'),'x-amz-target':'DynamoDB_20120810.ListTables','content-type':'application/x-amz-json-1.0'},'/','{}'),c)
await rate('ec2 DescribeVpcs SDK through gateway',()=>ec2.send(new DescribeVpcsCommand({})),c)
await rate('ec2 DescribeVpcs raw moto alone',()=>raw(port,{...auth('ec2'),'content-type':'application/x-www-form-urlencoded'},'/','Action=DescribeVpcs&Version=2016-11-15'),c)
await rate('sts GetCallerIdentity SDK through gateway',()=>sts.send(new GetCallerIdentityCommand({})),c)
}
process.kill(Number(py),'SIGKILL'); await new Promise(r=>setTimeout(r,300)); console.log(g.status()); const t=performance.now(); console.log(await ids()); console.log('back after moto died', performance.now()-t, g.status())
await g.close()
