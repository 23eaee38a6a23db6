using Terroir.Access;

namespace Terroir.Tests.Access;

public sealed class PasswordHasherTests
{
    // The least that Argon2id of the library takes, so that the tests are quick.
    private static readonly PasswordCost Cheap = new(8, 1);

    private const string SaltAndHash = "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly PasswordHasher _hasher = new(Cheap);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_password_matches_in_either_form_of_its_accents()
    {
        var kept = await _hasher.HashAsync("clé très longue", Stop);

        Assert.Equal(PasswordMatch.Right, await _hasher.VerifyAsync("clé très longue", kept, Stop));
        Assert.Equal(PasswordMatch.Right, await _hasher.VerifyAsync("cle\u0301 tre\u0300s longue", kept, Stop));
        Assert.Equal(PasswordMatch.Wrong, await _hasher.VerifyAsync("clé très longues", kept, Stop));
        Assert.Equal(PasswordMatch.Wrong, await _hasher.VerifyAsync("", kept, Stop));
    }

    [Fact]
    public async Task The_same_password_is_kept_differently_each_time() =>
        Assert.NotEqual(
            await _hasher.HashAsync("clé très longue", Stop),
            await _hasher.HashAsync("clé très longue", Stop),
            StringComparer.Ordinal);

    [Fact]
    public async Task A_hash_of_a_lower_cost_is_right_and_due_to_be_renewed()
    {
        var kept = await _hasher.HashAsync("clé très longue", Stop);

        Assert.Equal(
            PasswordMatch.RightButCheap,
            await new PasswordHasher(new PasswordCost(16, 1)).VerifyAsync("clé très longue", kept, Stop));
        Assert.Equal(
            PasswordMatch.RightButCheap,
            await new PasswordHasher(new PasswordCost(8, 2)).VerifyAsync("clé très longue", kept, Stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$argon2i$v=19$m=8,t=1,p=1" + SaltAndHash)]
    [InlineData("$argon2id$v=19$m=9999999,t=1,p=1" + SaltAndHash)]
    [InlineData("$argon2id$v=19$m=8,t=0,p=1" + SaltAndHash)]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA")]
    public async Task What_is_no_hash_of_this_kind_matches_nothing(string? kept) =>
        Assert.Equal(PasswordMatch.Wrong, await _hasher.VerifyAsync("clé très longue", kept, Stop));

    [Theory]
    [InlineData("court")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("bonjour nadia 2026")]
    public void A_password_that_is_guessed_soon_is_refused(string password) =>
        Assert.NotNull(PasswordHasher.FindFault(password, "nadia"));
}
