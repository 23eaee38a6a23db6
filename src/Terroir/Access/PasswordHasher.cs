using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Terroir.Access;

/// <summary>Stretches passwords with Argon2id (RFC 9106) into PHC strings, such as
/// <c>$argon2id$v=19$m=65536,t=3,p=1$SALT$HASH</c>.</summary>
/// <remarks>Safe to call from several threads at once; so many at once share the memory as
/// <see cref="ConcurrentMax"/> says, others wait.</remarks>
/// <param name="cost">What a password costs that is set from now on.</param>
public sealed class PasswordHasher(PasswordCost cost)
{
    /// <summary>A password has at least so many characters.</summary>
    public const int LengthMin = 12;

    /// <summary>A password has at most so many characters.</summary>
    public const int LengthMax = 1_000;

    /// <summary>How many passwords are stretched at once.</summary>
    public const int ConcurrentMax = 2;

    private const int SaltSizeBytes = 16;
    private const int HashSizeBytes = 32;

    // What a stored hash may ask for at most, so that a forged one cannot take the machine's memory.
    private const int MemoryMaxKibibytes = 1 << 20;
    private const int PassCountMax = 64;

    private static readonly SemaphoreSlim Places = new(ConcurrentMax, ConcurrentMax);

    private readonly byte[] _noSalt = RandomNumberGenerator.GetBytes(SaltSizeBytes);

    /// <summary>Says what is wrong with a new password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="user">The id of whose it is to be.</param>
    /// <returns>A sentence, or <see langword="null"/> if it can be set.</returns>
    public static string? FindFault(string password, string user) =>
        password.Length is < LengthMin or > LengthMax
            ? $"A password has {LengthMin} to {LengthMax} characters."
            : password.Contains(user, StringComparison.OrdinalIgnoreCase)
                ? "A password does not hold the name of its user."
                : password.Distinct().Count() <= 2 ? "A password has more than two different characters." : null;

    /// <summary>Stretches a new password with a new salt.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Stops waiting for a place.</param>
    /// <returns>The PHC string to keep.</returns>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSizeBytes);
        var hash = await StretchAsync(password, salt, cost, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"$argon2id$v=19$m={cost.MemoryKibibytes},t={cost.PassCount},p=1${Encode(salt)}${Encode(hash)}");
    }

    /// <summary>Compares a password with what is kept. Also where nothing is, a password is stretched: how long it
    /// takes does not tell whether there is such a user.</summary>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="kept">The PHC string; <see langword="null"/> if there is none.</param>
    /// <param name="cancellationToken">Stops waiting for a place.</param>
    /// <returns>Whether it is the one.</returns>
    public async Task<PasswordMatch> VerifyAsync(string password, string? kept, CancellationToken cancellationToken)
    {
        var typed = password.Length > LengthMax ? "" : password;
        if (Parse(kept) is not var (parsed, salt, hash))
        {
            await StretchAsync(typed, _noSalt, cost, cancellationToken);
            return PasswordMatch.Wrong;
        }

        var stretched = await StretchAsync(typed, salt, parsed, cancellationToken);
        return !CryptographicOperations.FixedTimeEquals(stretched, hash) ? PasswordMatch.Wrong
            : parsed.MemoryKibibytes < cost.MemoryKibibytes || parsed.PassCount < cost.PassCount
                ? PasswordMatch.RightButCheap
                : PasswordMatch.Right;
    }

    private static async Task<byte[]> StretchAsync(
        string password,
        byte[] salt,
        PasswordCost cost,
        CancellationToken cancellationToken)
    {
        await Places.WaitAsync(cancellationToken);
        try
        {
            var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
            {
                DegreeOfParallelism = 1,
                MemorySize = cost.MemoryKibibytes,
                NumberOfPasses = cost.PassCount,
            });
            return algorithm.DeriveBytes(Encoding.UTF8.GetBytes(NormalForm.Of(password)), salt, HashSizeBytes);
        }
        finally
        {
            Places.Release();
        }
    }

    private static (PasswordCost Cost, byte[] Salt, byte[] Hash)? Parse(string? kept)
    {
        if (kept?.Split('$') is not ["", "argon2id", "v=19", var costs, var salt, var hash]
            || costs.Split(',') is not [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"]
            || !int.TryParse(memory, CultureInfo.InvariantCulture, out var kibibytes)
            || !int.TryParse(passes, CultureInfo.InvariantCulture, out var count)
            || kibibytes is < 8 or > MemoryMaxKibibytes
            || count is < 1 or > PassCountMax
            || Decode(salt) is not { Length: SaltSizeBytes } saltBytes
            || Decode(hash) is not { Length: HashSizeBytes } hashBytes)
        {
            return null;
        }

        return (new PasswordCost(kibibytes, count), saltBytes, hashBytes);
    }

    // The PHC form is Base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var count) ? bytes[..count] : null;
    }
}

/// <summary>What came of comparing a password.</summary>
public enum PasswordMatch
{
    /// <summary>It is another, or there is none.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, and was stretched at a lower cost than new ones are.</summary>
    RightButCheap,
}
