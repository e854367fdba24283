import { KinesisClient, type KinesisClientConfig } from '@aws-sdk/client-kinesis'
import { NodeHttpHandler } from '@smithy/node-http-handler'

/** The SDK speaks HTTP/2 with Kinesis, which the emulator does not; AWS takes both. */
export class KinesisOverHttp1 extends KinesisClient {
  constructor(config: KinesisClientConfig) {
    super({ ...config, requestHandler: new NodeHttpHandler() })
  }
}
