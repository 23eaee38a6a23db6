using System.Text;
using Terroir.Provenance.Receipts;

namespace Terroir.Provenance.Tests.Receipts;

/// <summary>Receipts are what <c>docs/formats/receipt.md</c> says, version 1.</summary>
public sealed class ReceiptFormatTests
{
    private static readonly SampleReceipt Sample = new();

    public static TheoryData<string> Names =>
        ["receipt.json", "receipt.tlog-proof", "openings.json", "policy", "site.pub"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_golden_files_are_written_again_byte_by_byte(string name)
    {
        var bytes = name switch
        {
            "receipt.json" => Sample.Bundle,
            "receipt.tlog-proof" => Sample.Proof,
            "openings.json" => Sample.Draft.Openings.ToBytes(),
            "policy" => SampleReceipt.Bytes(SampleReceipt.PolicyText),
            _ => SampleReceipt.Bytes(Convert.ToHexStringLower(SampleReceipt.Key.PublicKey.Span)),
        };

        Assert.Equal(Encoding.UTF8.GetString(Golden(name)), Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task The_golden_receipt_is_proven()
    {
        var report = await ReceiptVerifier.VerifyAsync(
            new ReceiptEvidence
            {
                Bundle = Golden("receipt.json"),
                Policy = Terroir.Provenance.Notes.TrustPolicy.Parse(Golden("policy")),
                Proof = Golden("receipt.tlog-proof"),
                Openings = Golden("openings.json"),
                Documents = [Golden("text.txt")],
            },
            TestContext.Current.CancellationToken);

        Assert.Empty(report.Failed);
        Assert.True(report.IsProven);
    }

    private static byte[] Golden(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "receipt", "1", name));
}
