using System.Text;
using Terroir.Provenance.Json;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Fuzz;

/// <summary>Reads a proof as an auditor would. Refusing it is an outcome; any other exception is a finding, and so is a
/// parser that writes something else than it read.</summary>
internal static class FuzzedProof
{
    private static readonly VerifierKey Key = VerifierKey.Create("log.example", SignatureType.Ed25519, new byte[32]);

    public static void Read(Stream content, string kind)
    {
        using var buffer = new MemoryStream();
        content.CopyTo(buffer);
        var bytes = buffer.ToArray();
        try
        {
            Read(bytes, kind);
        }
        catch (ProofFormatException)
        {
            // Refused, as most of what the fuzzer makes up.
        }
    }

    private static void Read(byte[] bytes, string kind)
    {
        switch (kind)
        {
            case "note":
                var note = SignedNote.Parse(bytes);
                _ = note.Verify([Key]);
                ExpectSame(bytes, note.ToBytes());
                break;
            case "checkpoint":
                var text = Encoding.UTF8.GetString(bytes);
                ExpectSame(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Checkpoint.Parse(text).ToText()));
                break;
            case "proof":
                var proof = LogProof.Parse(bytes);
                _ = proof.Verify(MerkleHash.OfEmptyTree, TrustPolicy.OfLog(Key));
                ExpectSame(bytes, proof.ToBytes());
                break;
            case "request":
                ExpectSame(bytes, AddCheckpointRequest.Parse(bytes).ToBytes());
                break;
            case "policy":
                _ = TrustPolicy.Parse(bytes);
                break;
            case "tile":
                ReadTile(bytes);
                break;
            case "json":
                var canonical = CanonicalJson.Canonicalize(bytes);
                ExpectSame(canonical, CanonicalJson.Canonicalize(canonical));
                break;
            case "dsse":
                _ = DsseEnvelope.Parse(bytes).IsSignedBy(Key.PublicKey.Span);
                break;
            case "statement":
                ReadReceipt(Bundle(bytes));
                break;
            default:
                ReadReceipt(bytes);
                break;
        }
    }

    // The first byte is the width of a bundle; what follows a line feed is the name of a tile.
    private static void ReadTile(byte[] bytes)
    {
        var name = Encoding.UTF8.GetString(bytes.AsSpan(bytes.AsSpan().IndexOf((byte)'\n') + 1));
        if (TilePath.TryParse(name, out var path) && !string.Equals(path.ToString(), name, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A tile has two names.");
        }

        if (bytes.Length > 0 && bytes[0] > 0)
        {
            var entries = EntryBundle.Read(bytes.AsMemory(1), bytes[0]);
            ExpectSame(bytes.AsSpan(1), EntryBundle.Write([.. entries.Select(entry => entry.ToArray())]));
        }
    }

    private static byte[] Bundle(byte[] statement) => SigstoreBundle.Of(new DsseEnvelope(
        InTotoStatement.MediaType,
        statement,
        [new DsseSignature("key", new byte[64])])).ToBytes();

    private static void ReadReceipt(byte[] bundle)
    {
        var evidence = new ReceiptEvidence { Bundle = bundle, Policy = TrustPolicy.OfLog(Key), Openings = bundle };
#pragma warning disable VSTHRD002 // The fuzzer calls from a program without a context; nothing waits for a file.
        var report = ReceiptVerifier.VerifyAsync(evidence, CancellationToken.None).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        if (report.IsProven || report.Failed.Any(finding => finding.ToFrench().Length == 0))
        {
            throw new InvalidOperationException("A receipt that nobody signed is proven, or a finding says nothing.");
        }
    }

    private static void ExpectSame(ReadOnlySpan<byte> read, ReadOnlySpan<byte> written)
    {
        if (!read.SequenceEqual(written))
        {
            throw new InvalidOperationException("What was read is written in another way.");
        }
    }
}
