import { startGateway } from '../aws-gateway/gateway.ts'
import { openDemoDataDir } from './demo-secrets.ts'
import { buildDemoOrganisation } from './build-demo-organisation.ts'
import { demoFaults } from './demo-faults.ts'
const dataDir=process.argv[2]!
const log:any={info:(v:any,m:any)=>console.log('INFO',m,v),warn:(v:any,m:any)=>console.log('WARN',m,v),error:(v:any,m:any)=>console.log('ERR',m,v)}
let t=performance.now()
const lap=(n:string)=>{console.log(n,(performance.now()-t).toFixed(0));t=performance.now()}
const operatorKeys=await openDemoDataDir(dataDir)
const g=await startGateway({dataDir,python:'/tmp/gwdev/slim/bin/python',operatorKeys,faults:demoFaults,log})
lap('listening'); await g.ready; lap('ready'); console.log(g.status())
try{ await buildDemoOrganisation({endpoint:g.endpoint,operatorKeys,dataDir,log,now:new Date('2026-11-25T12:00:00Z')}); lap('built') } catch(e){console.log(e)}
await g.close()
