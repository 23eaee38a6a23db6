#!/usr/bin/env python3
"""usage: eng/samba-access.py COUNT SEED

Prints random security descriptors as Samba's own library packs them, and who may read by its own access check: lines
'DESCRIPTOR-IN-HEX PERSON RIGHT 0-OR-1'. eng/long/40-sources.sh compares them with what Terroir reads of them.
"""
import random
import sys

from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_pack
from samba.security import access_check

DOMAIN = "S-1-5-21-1-2-3-"
PEOPLE = {
    "ana": [DOMAIN + "1001", DOMAIN + "1103", DOMAIN + "1104", "S-1-5-32-544", "S-1-1-0"],
    "max": [DOMAIN + "1002", DOMAIN + "1104", "S-1-1-0"],
}
SIDS = [DOMAIN + number for number in ("1001", "1002", "1103", "1104", "1199")]
SIDS += ["S-1-1-0", "S-1-5-32-544", "S-1-3-4", "S-1-3-0", "S-1-5-11", "S-1-5-18"]
MASKS = [0x120089, 0x1200A9, 0x1F01FF, 0x120116, 0x1, 0x20, 0x80000000, 0x10000000, 0x20000000]
RIGHTS = [0x1, 0x20]


def make(draw):
    descriptor = security.descriptor()
    descriptor.owner_sid = security.dom_sid(draw.choice(SIDS[:5]))
    descriptor.group_sid = security.dom_sid(DOMAIN + "513")
    descriptor.type = security.SEC_DESC_SELF_RELATIVE | security.SEC_DESC_DACL_PRESENT
    kind = draw.random()
    if kind < 0.02:
        return descriptor
    entries = []
    for _ in range(draw.randrange(0, 7)):
        entry = security.ace()
        entry.type = draw.choice([0, 0, 0, 1])
        entry.flags = draw.choice([0, 0, 0, 0x03, 0x0B, 0x10, 0x13])
        entry.access_mask = draw.choice(MASKS)
        entry.trustee = security.dom_sid(draw.choice(SIDS))
        entries.append(entry)
    if draw.random() < 0.5:
        entries.sort(key=lambda entry: -entry.type)
    acl = security.acl()
    acl.revision = security.SECURITY_ACL_REVISION_NT4
    acl.aces = entries
    acl.num_aces = len(entries)
    descriptor.dacl = acl
    return descriptor


def may(descriptor, sids, right):
    token = security.token()
    token.sids = [security.dom_sid(sid) for sid in sids]
    token.num_sids = len(sids)
    try:
        access_check(descriptor, token, right)
        return 1
    except NTSTATUSError:
        return 0


def main():
    draw = random.Random(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        descriptor = make(draw)
        packed = ndr_pack(descriptor).hex()
        for person, sids in PEOPLE.items():
            for right in RIGHTS:
                print(packed, person, right, may(descriptor, sids, right))


main()
