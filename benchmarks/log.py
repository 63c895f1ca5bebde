"""How long a log takes to grow, to verify and to prove: by the package, and by the second verifier.

python benchmarks/log.py [--entries 1000000]

Entries are commitments of 32 bytes. Times are of one run, with the files in the cache of the system; the memory is the
most that the process had.
"""

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

from truceline.evidence.log_proof import check_entry, parse_proof
from truceline.evidence.merkle import Head, check_consistency
from truceline.store.log_check import verify_log
from truceline.store.log_files import seal
from truceline.store.log_reading import prove_entry, prove_growth
from truceline.store.signing import Signer, make_key, verifies

VERIFIER = Path(__file__).parents[1] / "verifier" / "verify_ledger.py"


def entries(begin: int, end: int) -> Iterator[bytes]:
    """Make commitments, always the same."""
    return (hashlib.sha256(number.to_bytes(8)).digest() for number in range(begin, end))


def timed(name: str, act: Callable[[], object], times: int = 1) -> object:
    """Do something some times, print how long each took, and give what the last one gave."""
    begin, wall, found = time.process_time(), time.perf_counter(), None
    for _ in range(times):
        found = act()
    spent, passed = time.process_time() - begin, time.perf_counter() - wall
    print(f"{name:52} {passed / times * 1e3:12.2f} ms wall {spent / times * 1e3:12.2f} ms CPU")
    return found


def main() -> None:
    """Seal, verify and prove a log of many entries."""
    options = argparse.ArgumentParser(description="How long a log takes to grow, to verify and to prove.")
    options.add_argument("--entries", type=int, default=1_000_000)
    size = options.parse_args().entries
    with tempfile.TemporaryDirectory() as place:
        folder, signer = Path(place, "log"), Signer(make_key("northbank.example/log"), Path(place, "signed"))
        keys = (signer.key.verifier,)
        timed(f"seal {size - 1000:,} entries", lambda: seal(folder, lambda n: entries(n, size - 1000), signer))
        old = (folder / "checkpoint").read_bytes()
        timed("seal 1,000 more", lambda: seal(folder, lambda n: entries(n, size), signer))
        for name, heads in (("verify all", {}), ("verify all, and an older head", {"old": old})):
            found = timed(name, lambda heads=heads: verify_log(folder, keys, heads))
            assert found.intact, str(found)
        print(f"{'most memory':52} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:12.0f} MiB")
        head: Head = found.checkpoint.head
        text = str(timed("prove one entry", lambda: prove_entry(folder, size // 3), 50)).encode()
        print(f"{'the proof, with its checkpoint':52} {len(text):12} bytes")
        [entry] = entries(size // 3, size // 3 + 1)
        proof = parse_proof(text)
        timed("check that proof", lambda: check_entry(entry, proof, keys, verifies), 50)
        growth = timed("prove growth", lambda: prove_growth(folder, size - 1000, head), 20)
        before = Head(size - 1000, b64decode(old.split(b"\n")[2]))
        timed("check growth", lambda: check_consistency(before, head, growth), 50)
        line = [sys.executable, str(VERIFIER), str(folder), "--key", str(keys[0]), "--head", str(Path(place, "old"))]
        Path(place, "old").write_bytes(old)
        timed("the second verifier, and an older head", lambda: subprocess.run(line, check=True, capture_output=True))


if __name__ == "__main__":
    main()
