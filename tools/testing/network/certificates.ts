import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { python } from '../aws.ts'

export interface TestCertificates {
  /** PEM file of an authority that nobody else trusts. */
  caPath: string
  key: string
  /** Signed by it, for the given names. */
  certificate: string
}

/** The library comes with the emulator. */
const script = String.raw`
import datetime, ipaddress, json, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

names, ca_path = json.loads(sys.argv[1]), sys.argv[2]
now = datetime.datetime.now(datetime.timezone.utc)
def name(text): return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
def build(subject, issuer, public, signer, extensions):
    builder = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer)).public_key(public)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
    for extension, critical in extensions: builder = builder.add_extension(extension, critical)
    return builder.sign(signer, hashes.SHA256())
def general(text):
    try: return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError: return x509.DNSName(text)
ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
ca = build('Test authority', 'Test authority', ca_key.public_key(), ca_key, [(x509.BasicConstraints(True, None), True)])
leaf = build('aws', 'Test authority', key.public_key(), ca_key, [(x509.SubjectAlternativeName([general(n) for n in names]), False)])
pem = lambda certificate: certificate.public_bytes(serialization.Encoding.PEM).decode()
open(ca_path, 'w').write(pem(ca))
print(json.dumps({'certificate': pem(leaf), 'key': key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()}))
`

/** Certificates for these host names and addresses, valid for a day. */
export const makeCertificates = (directory: string, names: readonly string[]): TestCertificates => {
  const caPath = join(directory, 'ca.pem')
  const output = execFileSync(python, ['-c', script, JSON.stringify(names), caPath], { encoding: 'utf8' })
  return { caPath, ...(JSON.parse(output) as { key: string; certificate: string }) }
}
