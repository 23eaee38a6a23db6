using System.Security.Cryptography;
using System.Text;

namespace Terroir.Tests.Readers.Pdf;

/// <summary>The oldest encryption of PDF (RC4, 40 bits), enough for a test to lock a file.</summary>
internal static class PdfCipher
{
    private const int Permissions = -4;

    private static readonly byte[] Padding = Convert.FromHexString(
        "28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private static readonly byte[] Id = Encoding.Latin1.GetBytes("0123456789abcdef");

    /// <summary>The entries of the trailer that say how the file is locked.</summary>
    public static string Trailer(string password)
    {
        var owner = Convert.ToHexString(Owner(password));
        var user = Convert.ToHexString(Rc4(Key(password), Padding));
        var id = Convert.ToHexString(Id);
        return $"/ID[<{id}><{id}>]/Encrypt<</Filter/Standard/V 1/R 2/O<{owner}>/U<{user}>/P {Permissions}>>";
    }

    /// <summary>Locks the content of an object.</summary>
    public static string Encrypt(string content, string password, int number)
    {
        byte[] salted = [.. Key(password), (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0];
        return Encoding.Latin1.GetString(Rc4(Md5(salted)[..10], Encoding.Latin1.GetBytes(content)));
    }

    private static byte[] Owner(string password) => Rc4(Md5(Pad(password))[..5], Pad(password));

    private static byte[] Key(string password) =>
        Md5([.. Pad(password), .. Owner(password), .. BitConverter.GetBytes(Permissions), .. Id])[..5];

    private static byte[] Pad(string password) => [.. Encoding.Latin1.GetBytes(password).Concat(Padding).Take(32)];

#pragma warning disable CA5351 // The format prescribes it.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static byte[] Rc4(byte[] key, byte[] bytes)
    {
        var state = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var result = new byte[bytes.Length];
        for (int index = 0, i = 0, j = 0; index < bytes.Length; index++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            result[index] = (byte)(bytes[index] ^ state[(state[i] + state[j]) & 255]);
        }

        return result;
    }
}
