// Verifies a receipt with Go's standard library and golang.org/x/mod/sumdb, without any code of Terroir.
//
//	receipt KEY VKEY BUNDLE PROOF    KEY: the site's public key in hexadecimal digits; VKEY: the log's verifier key
//	receipt judge < LINES            judges what 'test/Terroir.Proofs' writes
//
// On Debian: apt install golang-go golang-golang-x-mod-dev, then
// GO111MODULE=off GOPATH=/usr/share/gocode go build -o receipt samples/verify/*.go
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type bundle struct {
	DsseEnvelope struct {
		PayloadType string
		Payload     []byte
		Signatures  []struct{ Sig []byte }
	}
}

type statement struct {
	PredicateType string
	Subject       []struct{ Digest map[string]string }
	Predicate     struct{ Site, AnsweredAt, Answer string }
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "judge" {
		os.Exit(judge(os.Stdin))
	}
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: receipt KEY VKEY BUNDLE PROOF, or receipt judge")
		os.Exit(2)
	}
	key, err := hex.DecodeString(os.Args[1])
	fail(err)
	file, err := os.ReadFile(os.Args[3])
	fail(err)
	proof, err := os.ReadFile(os.Args[4])
	fail(err)
	said, err := verifyReceipt(key, os.Args[2], file, proof)
	fail(err)
	fmt.Println(said)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "not proven:", err)
		os.Exit(1)
	}
}

// verifyReceipt checks the signature of the statement, that the subject is the answer, and that the log has the leaf.
func verifyReceipt(key []byte, vkey string, file, proof []byte) (string, error) {
	payload, err := openEnvelope(key, file)
	if err != nil {
		return "", err
	}
	var s statement
	if err := json.Unmarshal(payload, &s); err != nil {
		return "", err
	}
	if s.PredicateType != "https://terroir.example/answer-receipt/v1" || len(s.Subject) != 1 ||
		s.Subject[0].Digest["sha256"] != s.Predicate.Answer {
		return "", errors.New("the statement is not one of an answer")
	}
	// The leaf, as docs/formats/ledger.md has it.
	leaf := fmt.Sprintf(`{"digest":"%x","format":1,"kind":"receipt","time":"%s"}`,
		sha256.Sum256(payload), s.Predicate.AnsweredAt)
	index, size, err := checkProof(vkey, proof, tlog.RecordHash([]byte(leaf)))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the site %s signed it, and it is entry %d of %d", s.Predicate.Site, index, size), nil
}

func openEnvelope(key, file []byte) ([]byte, error) {
	var b bundle
	if err := json.Unmarshal(file, &b); err != nil {
		return nil, err
	}
	e := b.DsseEnvelope
	signed := append([]byte(fmt.Sprintf("DSSEv1 %d %s %d ", len(e.PayloadType), e.PayloadType, len(e.Payload))),
		e.Payload...)
	for _, s := range e.Signatures {
		if len(key) == ed25519.PublicKeySize && ed25519.Verify(key, signed, s.Sig) {
			return e.Payload, nil
		}
	}
	return nil, errors.New("the key did not sign it")
}

// checkProof reads a file of C2SP tlog-proof and checks it against a log's key.
func checkProof(vkey string, proof []byte, leaf tlog.Hash) (int64, int64, error) {
	head, signed, ok := bytes.Cut(proof, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) < 2 {
		return 0, 0, errors.New("no proof of logging")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return 0, 0, err
	}
	path, err := hashes(lines[2:])
	if err != nil {
		return 0, 0, err
	}
	size, root, err := openCheckpoint(vkey, signed)
	if err != nil {
		return 0, 0, err
	}
	return index, size, tlog.CheckRecord(path, size, root, index, leaf)
}

func openCheckpoint(vkey string, signed []byte) (int64, tlog.Hash, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return 0, tlog.Hash{}, errors.New("no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return size, root, err
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, line := range lines {
		h, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(h) != tlog.HashSize {
			return nil, errors.New("no hash")
		}
		list = append(list, *(*tlog.Hash)(h))
	}
	return list, nil
}
