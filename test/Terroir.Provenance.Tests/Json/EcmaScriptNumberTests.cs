using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Terroir.Provenance.Json;

namespace Terroir.Provenance.Tests.Json;

public sealed partial class EcmaScriptNumberTests
{
    private const int SerialCount = 2_000;
    private const ulong SerialStart = 0x0010_0000_0000_0000;

    // The reference set of RFC 8785: whoever generates it may compare the hash of so many lines.
    [Theory]
    [InlineData(1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687")]
    [InlineData(10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892")]
    [InlineData(100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7")]
    [InlineData(1_000_000, "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16")]
    public void The_numbers_of_the_reference_set_are_written_as_there(int count, string hash)
    {
        var fixedNumbers = FixedNumbers();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bits in Numbers(fixedNumbers).Take(count))
        {
            var number = EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits));
            var line = $"{bits.ToString("x", CultureInfo.InvariantCulture)},{number}\n";
            digest.AppendData(Encoding.ASCII.GetBytes(line));
        }

        Assert.Equal(hash, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    [Theory]
    [InlineData(0x4340_0000_0000_0001, "9007199254740994")]
    [InlineData(0x444B_1AE4_D6E2_EF50, "1e+21")]
    [InlineData(0x444B_1AE4_D6E2_EF4F, "999999999999999900000")]
    [InlineData(0x3EB0_C6F7_A0B5_ED8D, "0.000001")]
    [InlineData(0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7")]
    [InlineData(0x8000_0000_0000_0000, "0")]
    [InlineData(0xC08F_4000_0000_0000, "-1000")]
    [InlineData(0x0000_0000_0000_0001, "5e-324")]
    [InlineData(0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308")]
    public void A_number_is_written_as_ecmascript_does(ulong bits, string text) =>
        Assert.Equal(text, EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EcmaScriptNumber.Format(value));

    private static ulong[] FixedNumbers()
    {
        var readme = File.ReadAllText(Path.Combine(SharedData.Vectors("jcs"), "testdata", "README.md"));
        var start = readme.IndexOf("staticU64s = ", StringComparison.Ordinal);
        var list = readme[start..readme.IndexOf("staticF64s = ", StringComparison.Ordinal)];
        return [.. Literal().Matches(list).Select(match => Convert.ToUInt64(match.Groups["bits"].Value, 16))];
    }

    private static IEnumerable<ulong> Numbers(ulong[] fixedNumbers)
    {
        foreach (var bits in fixedNumbers)
        {
            yield return bits;
        }

        for (var i = 0; i < SerialCount; i++)
        {
            yield return SerialStart + (ulong)i;
        }

        var block = new byte[32];
        while (true)
        {
            block = SHA256.HashData(block);
            for (var at = 0; at < block.Length; at += sizeof(ulong))
            {
                var bits = BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(at));
                var value = BitConverter.UInt64BitsToDouble(bits);
                if (value != 0 && double.IsFinite(value))
                {
                    yield return bits;
                }
            }
        }
    }

    [GeneratedRegex("0x(?<bits>[0-9a-f]{16})n", RegexOptions.None, 1_000)]
    private static partial Regex Literal();
}
