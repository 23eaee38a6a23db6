package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// judge reads lines of 'test/Terroir.Proofs', each with what that program thinks, and says where Go disagrees.
// Fields are separated by spaces; the last is 1 for what should be accepted, 0 for what should not.
//
//	root LEAF ROOT 1                      appends a leaf; the root of the tree that Go keeps itself
//	inclusion INDEX SIZE LEAF ROOT PATH WANT
//	consistency OLD SIZE OLDROOT ROOT PATH WANT
//	note VKEY NOTE WANT                   NOTE in base64
//	receipt KEY VKEY BUNDLE PROOF WANT    BUNDLE and PROOF in base64
func judge(input io.Reader) int {
	scanner := bufio.NewScanner(input)
	scanner.Buffer(nil, 4<<20)
	counts, wrong := map[string]int{}, 0
	tree := &kept{}
	for scanner.Scan() {
		fields := strings.Split(scanner.Text(), " ")
		accepted := tree.accepts(fields[0], fields[1:len(fields)-1])
		want := fields[len(fields)-1]
		counts[fields[0]+map[string]string{"1": " accepted", "0": " rejected"}[want]]++
		if accepted != (want == "1") {
			wrong++
			fmt.Printf("disagrees, wanted %s: %.200s\n", want, scanner.Text())
		}
	}
	if err := scanner.Err(); err != nil {
		fmt.Println(err)
		return 1
	}
	for _, kind := range []string{"root", "inclusion", "consistency", "note", "receipt"} {
		fmt.Printf("%s: %d accepted, %d rejected\n", kind, counts[kind+" accepted"], counts[kind+" rejected"])
	}
	fmt.Printf("%d disagreements\n", wrong)
	if wrong > 0 || counts["root accepted"] == 0 {
		return 1
	}
	return 0
}

// kept is a tree as Go stores one: all its hashes in the order of their completion.
type kept struct {
	hashes []tlog.Hash
	size   int64
}

func (k *kept) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		list[i] = k.hashes[index]
	}
	return list, nil
}

func (k *kept) accepts(kind string, fields []string) bool {
	switch kind {
	case "root":
		leaf, root := hash(fields[0]), hash(fields[1])
		added, err := tlog.StoredHashesForRecordHash(k.size, leaf, k)
		if err != nil {
			return false
		}
		k.hashes = append(k.hashes, added...)
		k.size++
		own, err := tlog.TreeHash(k.size, k)
		return err == nil && own == root
	case "inclusion":
		path, err := split(fields[4])
		return err == nil &&
			tlog.CheckRecord(path, number(fields[1]), hash(fields[3]), number(fields[0]), hash(fields[2])) == nil
	case "consistency":
		path, err := split(fields[4])
		return err == nil &&
			tlog.CheckTree(path, number(fields[1]), hash(fields[3]), number(fields[0]), hash(fields[2])) == nil
	case "note":
		verifier, err := note.NewVerifier(fields[0])
		if err != nil {
			return false
		}
		_, err = note.Open(decode(fields[1]), note.VerifierList(verifier))
		return err == nil
	case "receipt":
		key, _ := hex.DecodeString(fields[0])
		_, err := verifyReceipt(key, fields[1], decode(fields[2]), decode(fields[3]))
		return err == nil
	}
	return false
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func decode(text string) []byte {
	b, _ := base64.StdEncoding.DecodeString(text)
	return b
}

func hash(text string) tlog.Hash {
	h, _ := tlog.ParseHash(text)
	return h
}

func split(text string) ([]tlog.Hash, error) {
	if text == "-" {
		return nil, nil
	}
	return hashes(strings.Split(text, ","))
}
