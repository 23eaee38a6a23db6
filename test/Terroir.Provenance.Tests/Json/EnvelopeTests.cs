using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Terroir.Provenance.Json;
using Terroir.Provenance.Tests.Notes;

namespace Terroir.Provenance.Tests.Json;

public sealed class EnvelopeTests
{
    private static readonly SiteKey Key = Keys.Site(1);

    // The test vector of the DSSE specification, which is signed with ECDSA: what it signs is our encoding.
    [Fact]
    public void The_vector_of_the_specification_signs_our_encoding()
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Number("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                Y = Number("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
            },
        });

        Assert.True(key.VerifyData(
            DsseEnvelope.Encode("http://example.com/HelloWorld", "hello world"u8),
            Convert.FromBase64String(
                "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="),
            HashAlgorithmName.SHA256));
    }

    [Fact]
    public void An_envelope_holds_for_its_key_its_type_and_its_payload()
    {
        var envelope = DsseEnvelope.Parse(DsseEnvelope.Sign("text/plain", "content"u8.ToArray(), Key).ToBytes());

        Assert.True(envelope.IsSignedBy(Key.PublicKey.Span));
        Assert.False(envelope.IsSignedBy(Keys.Site(2).PublicKey.Span));
        Assert.False((envelope with { PayloadType = "text/html" }).IsSignedBy(Key.PublicKey.Span));
        Assert.False((envelope with { Payload = "Content"u8.ToArray() }).IsSignedBy(Key.PublicKey.Span));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"payloadType\":\"a\",\"payload\":\"AA==\"}")]
    [InlineData("{\"payloadType\":\"a\",\"payload\":\"AA==\",\"signatures\":[]}")]
    [InlineData("{\"payloadType\":\"a\",\"payload\":\"AA==\",\"signatures\":[null]}")]
    [InlineData("{\"payloadType\":\"a\",\"payload\":\"AA==\",\"signatures\":[{\"keyid\":\"a\"}]}")]
    [InlineData("{\"payloadType\":\"a\",\"payload\":\"!\",\"signatures\":[{\"sig\":\"AA==\"}]}")]
    [InlineData("{\"payloadType\":\"a\",\"payloadType\":\"b\",\"payload\":\"\",\"signatures\":[{\"sig\":\"AA==\"}]}")]
    public void What_lacks_a_member_or_has_it_twice_is_no_envelope(string json) =>
        Assert.Throws<ProofFormatException>(() => DsseEnvelope.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_bundle_carries_an_envelope_and_the_id_of_its_key()
    {
        var bundle = SigstoreBundle.Parse(Bundle());

        Assert.True(bundle.DsseEnvelope.IsSignedBy(Key.PublicKey.Span));
        Assert.Equal(Key.Id.Hex, bundle.VerificationMaterial.PublicKey!.Hint);
        Assert.Equal(SigstoreBundle.Version, bundle.MediaType);
    }

    [Fact]
    public void Another_version_of_bundles_is_refused() =>
        Assert.Throws<ProofFormatException>(() => SigstoreBundle.Parse(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Bundle()).Replace("v0.3", "v0.2", StringComparison.Ordinal))));

    [Fact]
    public void A_statement_is_read_as_what_it_was_written_from()
    {
        var digest = ContentHash.Of("a"u8);
        var statement = new InTotoStatement("réponse", digest, "https://a.example/v1", "{\"b\":1}"u8.ToArray());
        var bytes = statement.ToBytes();
        var again = InTotoStatement.Parse(bytes);

        Assert.True(CanonicalJson.IsCanonical(bytes));
        Assert.Equal(("réponse", statement.SubjectDigest), (again.Subject, again.SubjectDigest));
        Assert.Equal("{\"b\":1}", Encoding.UTF8.GetString(again.Predicate.Span));
        Assert.Equal(bytes, again.ToBytes());
    }

    [Fact]
    public void A_statement_in_another_form_is_refused()
    {
        var digest = ContentHash.Of("a"u8);
        var bytes = new InTotoStatement("a", digest, "https://a.example/v1", "{}"u8.ToArray()).ToBytes();

        Assert.Throws<ProofFormatException>(() => InTotoStatement.Parse([.. bytes, (byte)'\n']));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = bytes.ToArray();
            changed[at] = value;
            try
            {
                Assert.Equal(changed, InTotoStatement.Parse(changed).ToBytes());
            }
            catch (ProofFormatException)
            {
                // Refused, as most changes are.
            }
        });
    }

    private static byte[] Bundle() =>
        SigstoreBundle.Of(DsseEnvelope.Sign(InTotoStatement.MediaType, "{}"u8.ToArray(), Key)).ToBytes();

    private static byte[] Number(string digits) =>
        System.Numerics.BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            .ToByteArray(isUnsigned: true, isBigEndian: true);
}
