import { startGateway } from './aws-gateway/gateway.ts'
import { openDemoDataDir } from './demo-organisation/demo-secrets.ts'
import { buildDemoOrganisation } from './demo-organisation/build-demo-organisation.ts'
const dataDir=process.argv[2]!; const log:any={info(){},warn:console.log,error:console.log}
for (const n of ['cold+build','replay','replay']){ let t=performance.now(); const operatorKeys=await openDemoDataDir(dataDir)
const g=await startGateway({dataDir,python:'.venv/bin/python',operatorKeys,log}); await g.ready; console.log(n,'ready ms',(performance.now()-t).toFixed(0),g.status().total); t=performance.now()
await buildDemoOrganisation({endpoint:g.endpoint,operatorKeys,dataDir,log,now:new Date()}); console.log('  build ms',(performance.now()-t).toFixed(0)); await g.close() }
