using System.Text;
using Terroir.Provenance.Erasures;
using Terroir.Provenance.Receipts;
using Terroir.Provenance.Tests.Receipts;

namespace Terroir.Provenance.Tests.Erasures;

/// <summary>Certificates of erasures are what <c>docs/formats/erasure.md</c> says, version 1.</summary>
public sealed class ErasureFormatTests
{
    private static readonly Opening Asked = new(
        [.. Enumerable.Repeat((byte)7, Commitment.SaltLength)],
        "Élise Martin"u8.ToArray());

    private static readonly ErasureCertificate Sample = new()
    {
        Site = "site-0123456789ab",
        Erasure = "0123456789abcdef0123456789abcdef",
        Basis = "request",
        Asked = Asked.Commit(),
        OrderedAt = "2026-11-26T08:30:00Z",
        CompletedAt = "2026-11-26T08:30:05Z",
        OrderedAtPlace = 10,
        Documents = ["soins/00112233445566778899aabbccddeeff"],
        Stores = [new ErasedStore("documents", 1), new ErasedStore("keys", 2)],
        Residue = new ErasureResidue(42, 326_407, 44, 0),
        OutOfReach = [Reach.Paper, Reach.FormerMasterKey],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_golden_certificate_is_written_again_byte_by_byte() => Assert.Equal(
        Encoding.UTF8.GetString(Golden),
        Encoding.UTF8.GetString(ErasureCertificate.Sign(Sample.ToStatement(), SampleReceipt.Key)));

    [Fact]
    public async Task The_golden_certificate_is_proven_by_key_and_opening()
    {
        var report = await ErasureVerifier.VerifyAsync(Evidence(Golden), Stop);

        Assert.Empty(report.Failed);
        Assert.True(report.IsProven);
        Assert.True(report.IsOfErasure);
        Assert.Contains(report.Statements, finding => finding.Code is FindingCode.AskedShown);
        Assert.Contains(report.NotShown, finding => finding.Code is FindingCode.OutOfReach);
    }

    [Fact]
    public async Task A_certificate_with_any_other_payload_or_key_is_not_proven()
    {
        using var key = SiteKey.Generate();
        var other = ErasureCertificate.Sign((Sample with { Documents = [] }).ToStatement(), key);
        var report = await ErasureVerifier.VerifyAsync(Evidence(other), Stop);

        Assert.False(report.IsProven);
        Assert.Contains(report.Failed, finding => finding.Code is FindingCode.CertificateNotSigned);
        Assert.False((await ErasureVerifier.VerifyAsync(Evidence("{}"u8.ToArray()), Stop)).IsProven);
    }

    [Fact]
    public void Only_a_certificate_is_taken_for_one()
    {
        Assert.True(ErasureCertificate.IsOne(Golden));
        Assert.False(ErasureCertificate.IsOne(new SampleReceipt().Bundle));
        Assert.False(ErasureCertificate.IsOne("{}"u8));
    }

    private static byte[] Golden =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "erasure", "1", "certificate.json"));

    private static ReceiptEvidence Evidence(byte[] bundle) => new()
    {
        Bundle = bundle,
        Keys = [SampleReceipt.Key.PublicKey],
        Openings = new ReceiptOpenings { Question = Asked }.ToBytes(),
    };
}
