using System.Security.Cryptography;
using System.Text;
using Terroir.Provenance.Merkle;
using Terroir.Provenance.Notes;
using Terroir.Provenance.Receipts;
using Terroir.Provenance.Tests.Merkle;
using Terroir.Provenance.Tests.Notes;

namespace Terroir.Provenance.Tests.Receipts;

/// <summary>A receipt with all that belongs to it, the same in every run.</summary>
internal sealed class SampleReceipt
{
    public const string Text = "Hygiène des mains.\nLa friction dure 30 secondes.\nElle précède chaque soin.\n";

    private const string Quote = "La friction dure 30 secondes.";

    private const string Answer = "La friction dure 30 secondes [1].";

    // How many leaves precede the receipt's, and how many follow it in the proof and in the ledger.
    private const int Before = 300;
    private const int Logged = 310;
    private const int Now = 600;

    private readonly MerkleTree _tree = new();

    public SampleReceipt(AnswerFacts? facts = null)
    {
        Draft = ReceiptBuilder.Build(facts ?? Facts, Salts());
        Statement = Draft.ToStatement();
        Bundle = Draft.Sign(Key).ToBytes();
        var leaf = LedgerLeaf.Of(Draft.Receipt, Statement).ToHash();
        for (var i = 0; i < Now; i++)
        {
            _tree.Append(i == Before ? leaf : MerkleHash.OfLeaf(TestLedger.Entry(i)));
        }

        Proof = new LogProof(Before, MerkleProofs.Inclusion(Before, Logged, _tree)!, Checkpoint(Logged)).ToBytes();
    }

    public static SiteKey Key { get; } = Keys.Site(1);

    public static string PolicyText { get; } =
        $"log {Keys.Log.Key}\nwitness W1 {Keys.First.Key}\nwitness W2 {Keys.Second.Key}\n"
        + "group both all W1 W2\nquorum both\n";

    public static TrustPolicy Policy { get; } = TrustPolicy.Parse(Encoding.UTF8.GetBytes(PolicyText));

    public static AnswerFacts Facts { get; } = new()
    {
        Site = "valmont",
        Collection = "qualite",
        Request = "0f8c2a",
        AnsweredAt = DateTimeOffset.FromUnixTimeSeconds(Keys.Now),
        Software = new ReceiptSoftware("terroir", "0.1.0", ContentHash.Of("files"u8)),
        Question = "Combien de temps dure la friction ?",
        Answer = Answer,
        Actor = Commitment.Pseudonym(new byte[32], "user:anne"),
        Corpus = new ReceiptCorpus(12, ContentHash.Of("manifest"u8)),
        Shown = [Bytes(Text), Bytes("Un autre passage.")],
        Citations =
        [
            new CitationFacts(
                0,
                ContentHash.Of("original"u8),
                ContentHash.Of(Bytes(Text)),
                Encoding.UTF8.GetByteCount(Text[..Text.IndexOf(Quote, StringComparison.Ordinal)]),
                Bytes(Quote),
                1,
                "interne",
                7),
        ],
        Model = new ModelFacts(
            new ReceiptModel(
                "mistral-small",
                ContentHash.Of("card"u8),
                Weights: null,
                Tokenizer: null,
                "in-process",
                new ReceiptSampling(0.2, 0.95, 42, 512),
                ContentHash.Of("template"u8),
                Prompt: default,
                IsReplayable: false),
            "La question et les passages."),
        Decision = new ReceiptDecision("allow", ContentHash.Of("policies"u8), ["local"]),
        Sentences = [new ReceiptSentence(0, Encoding.UTF8.GetByteCount(Answer), "quoted", [0])],
        Energy = new ReceiptEnergy("attributed", 12.5, 10, 16.25, "rapl"),
    };

    public ReceiptDraft Draft { get; }

    public byte[] Statement { get; }

    public byte[] Bundle { get; }

    public byte[] Proof { get; }

    public ReceiptEvidence Whole => new()
    {
        Bundle = Bundle,
        Keys = [Key.PublicKey],
        Policy = Policy,
        Proof = Proof,
        Openings = Draft.Openings.ToBytes(),
        Documents = [Bytes(Text)],
    };

    /// <summary>Writes a copy of the ledger, as files.</summary>
    public LedgerFolder WriteLedger(string folder, int size = Now)
    {
        var leaves = Enumerable.Range(0, size).Select(i => _tree.Read(new MerkleNode(0, i))!.Value).ToList();
        foreach (var (path, bytes) in TileBuilder.Append(new MerkleTree(), 0, leaves).Tiles)
        {
            var file = Path.Combine(folder, path.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        File.WriteAllBytes(Path.Combine(folder, LedgerFolder.CheckpointName), Checkpoint(size).ToBytes());
        return new LedgerFolder(folder);
    }

    public SignedNote Checkpoint(int size) => SignedNote.Sign(
        new Checkpoint(Keys.Origin, size, MerkleProofs.Root(size, _tree)!.Value).ToText(),
        Keys.Log,
        Keys.First,
        Keys.Second);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Func<byte[]> Salts()
    {
        var next = 0;
        return () => SHA256.HashData(BitConverter.GetBytes(next++));
    }
}
