using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terroir.Provenance;
using Terroir.Provenance.Json;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;

namespace Terroir.Proofs;

/// <summary>Writes receipts with their proofs, and mutations that no verifier may accept; judges each itself.</summary>
internal sealed class JudgedReceipts(Random random, TextWriter output, string folder)
{
    private const string Origin = "log.example/receipts";

    // How many mutations each receipt has.
    private const int Mutations = 20;

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);

    private readonly SiteKey _key = SiteKey.FromSeed(new byte[SiteKey.Length]);

    /// <summary>Writes so many; tells whether our own verifier judged all of them rightly.</summary>
    public bool Write(int count)
    {
        var log = NoteSigner.Ed25519(Origin, _key);
        var policy = TrustPolicy.OfLog(log.Key);
        var drafts = Enumerable.Range(0, count).Select(Draft).ToList();
        var tree = new MerkleTree();
        drafts.ForEach(draft => tree.Append(LedgerLeaf.Of(draft.Receipt, draft.ToStatement()).ToHash()));
        var checkpoint = SignedNote.Sign(new Checkpoint(Origin, count, tree.Root).ToText(), log);
        var wrong = 0;
        for (var i = 0; i < count; i++)
        {
            var bundle = drafts[i].Sign(_key);
            var proof = new LogProof(i, MerkleProofs.Inclusion(i, count, tree)!, checkpoint).ToBytes();
            File.WriteAllBytes(Path.Combine(folder, $"{i}.json"), bundle.ToBytes());
            wrong += Judge(bundle, proof, policy, wanted: true);
            for (var n = 0; n < Mutations; n++)
            {
                wrong += Judge(Mutated(bundle), proof, policy, wanted: false);
            }
        }

        Console.Error.WriteLine($"{count} receipts and {count * Mutations} mutations, {wrong} judged wrongly");
        return wrong == 0;
    }

    private int Judge(SigstoreBundle bundle, byte[] proof, TrustPolicy policy, bool wanted)
    {
        var bytes = bundle.ToBytes();
        output.WriteLine(string.Join(
            ' ',
            "receipt",
            Convert.ToHexStringLower(_key.PublicKey.Span),
            policy.Logs[0],
            Convert.ToBase64String(bytes),
            Convert.ToBase64String(proof),
            wanted ? "1" : "0"));
        var evidence = new ReceiptEvidence { Bundle = bytes, Policy = policy, Proof = proof };
#pragma warning disable VSTHRD002 // A program without a context; nothing here waits for a file.
        var report = ReceiptVerifier.VerifyAsync(evidence, CancellationToken.None).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return report.IsProven == wanted ? 0 : 1;
    }

    // A digit or a letter of the statement becomes another: no mutation is only of the form.
    private SigstoreBundle Mutated(SigstoreBundle bundle)
    {
        var payload = bundle.DsseEnvelope.Payload.ToArray();
        int at;
        do
        {
            at = random.Next(payload.Length);
        }
        while (!char.IsAsciiLetterOrDigit((char)payload[at]));
        payload[at] = (byte)(payload[at] == '1' ? '2' : '1');
        return bundle with { DsseEnvelope = bundle.DsseEnvelope with { Payload = payload } };
    }

    private ReceiptDraft Draft(int index)
    {
        var quote = Bytes($"Phrase {index}.");
        var facts = new AnswerFacts
        {
            Site = "judged",
            Collection = "collection",
            Request = index.ToString(CultureInfo.InvariantCulture),
            AnsweredAt = Start.AddSeconds(index),
            Software = new ReceiptSoftware("terroir", "0.1.0", Hash("software")),
            Question = $"Question {index} ?",
            Answer = $"Phrase {index}.",
            Actor = Commitment.Pseudonym(SHA256.HashData(Bytes($"key {index}")), "user:anne"),
            Corpus = new ReceiptCorpus(1 + index, Hash($"manifest {index}")),
            Shown = [.. Enumerable.Repeat((ReadOnlyMemory<byte>)quote, 1 + random.Next(5))],
            Citations = [new CitationFacts(0, Hash("original"), Hash("text"), index, quote, 1, "interne", 3)],
            Decision = new ReceiptDecision("allow", Hash("policies"), ["default"]),
            Sentences = [new ReceiptSentence(0, quote.Length, "quoted", [0])],
            Energy = random.Next(2) == 0
                ? ReceiptEnergy.NotMetered
                : new ReceiptEnergy("modelled", random.NextDouble() * 100, 0, 1_000, "flops"),
        };
        return ReceiptBuilder.Build(facts);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ContentHash Hash(string text) => ContentHash.Of(Bytes(text));
}
