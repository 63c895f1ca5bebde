#!/bin/bash
# Makes a test authority, and what it stamps; how and why stands in SOURCE.md. Run it in an empty folder.
set -eu
stamp() { date -u -d "$1" +%Y%m%d%H%M%SZ; }
FROM=$(stamp '-1 hour') UNTIL=$(stamp '+3 minutes')
rm -f index.* serial*
cat > ca.cnf <<'C'
[ca]
default_ca = d
[d]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
email_in_dn = no
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[middle]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
nsComment = "Makes this certificate the longer one, so that it sorts behind that of the signer in DER"
[signer]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = keyid
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[tsa]
default_tsa = t
[t]
serial = ./serial
crypto_device = builtin
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = yes
ess_cert_id_alg = sha256
signer_digest = sha256
tsa_name = yes
C
make_cert() { # name, subject, extensions, from, until, issuer
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  openssl req -new -config ca.cnf -key "$1.key" -subj "$2" -out "$1.csr"
  if [ "$6" = self ]; then how="-selfsign -keyfile $1.key"; else how="-cert $6.pem -keyfile $6.key"; fi
  openssl ca -batch -notext -config ca.cnf -extensions "$3" -startdate "$4" -enddate "$5" $how -in "$1.csr" -out "$1.pem" 2>/dev/null
}
: > index.txt; echo 01 > serial
make_cert root '/O=Test authority/CN=Test root' root "$FROM" "$UNTIL" self
make_cert middle '/O=Test authority/CN=Test middle' middle "$FROM" "$UNTIL" root
make_cert signer '/O=Test authority/CN=Test stamps' signer "$FROM" "$UNTIL" middle
make_cert late '/O=Test authority/CN=Late stamps' signer 20200101000000Z 20210101000000Z middle
make_cert stranger '/O=Test authority/CN=Test root' root "$FROM" "$UNTIL" self
cat middle.pem > chain.pem
printf 'northbank.example/log\n2\n%s\n\n\xe2\x80\x94 northbank.example/log AAAAAAAA\n' "$(printf '0%.0s' $(seq 43))=" > checkpoint
reply() { # name, signer, query options
  openssl ts -query -data checkpoint -cert $3 -out "$1.tsq" 2>/dev/null
  openssl ts -reply -config ca.cnf -queryfile "$1.tsq" -inkey "$2.key" -signer "$2.pem" -chain chain.pem -out "$1.tsr" 2>/dev/null || true
}
reply granted signer -sha256
reply late late -sha256
reply sha512 signer -sha512
reply refused signer -sha1
openssl ts -reply -config ca.cnf -queryfile granted.tsq -inkey signer.key -signer signer.pem -chain chain.pem -token_out -out bare.tst 2>/dev/null
# A certificate of the same root that is for mail, and one of another root that has the issuer and number of the signer.
cat >> ca.cnf <<'C'
[mail]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,emailProtection
[pretended]
extendedKeyUsage = critical,timeStamping
nsComment = "Makes this certificate the longest one, so that it sorts behind all the others in DER, as it has to"
nsCaRevocationUrl = "http://northbank.example/makes-it-longer-still-than-the-one-of-the-middle-which-has-a-comment-too"
C
make_cert mail '/O=Test authority/CN=Test mail' mail "$FROM" "$UNTIL" middle
make_cert faker '/O=Test authority/CN=Test middle' root "$FROM" "$UNTIL" self
openssl req -new -config ca.cnf -key mail.key -subj '/O=Test authority/CN=Pretended stamps' -out pretended.csr
openssl x509 -req -in pretended.csr -CA faker.pem -CAkey faker.key -set_serial "0x$(openssl x509 -in signer.pem -noout -serial | cut -d= -f2)" \
  -extfile ca.cnf -extensions pretended -days 1 -out pretended.pem
openssl cms -verify -noverify -inform DER -in bare.tst -out tst.der
signed_by_mail() { # name, certificates that go with it
  openssl cms -sign -binary -nodetach -nosmimecap -econtent_type 1.2.840.113549.1.9.16.1.4 -in tst.der -signer mail.pem -inkey mail.key \
    -certfile "$2" -outform DER -out "$1.tst"
  python3 - "$1" <<'P'
import sys
token = open(sys.argv[1] + ".tst", "rb").read()
inner = bytes.fromhex("3003020100") + token
open(sys.argv[1] + ".tsr", "wb").write(b"\x30\x82" + len(inner).to_bytes(2) + inner)
P
}
signed_by_mail mail middle.pem
cat middle.pem pretended.pem > chain.pem
reply doubled signer -sha256
