using Terroir.Server.Oidc;

namespace Terroir.Server.Tests.Oidc;

public sealed class OidcOptionsTests
{
    [Fact]
    public void Without_a_provider_nothing_is_wrong() => Assert.Null(new OidcOptions().FindFault());

    [Theory]
    [InlineData("https://login.example.org", "not this machine")]
    [InlineData("http://login.example.org", "no address of an issuer")]
    [InlineData("https://user@login.example.org", "no address of an issuer")]
    [InlineData("login", "no address of an issuer")]
    public void An_authority_that_may_not_be_called_is_told(string authority, string part) =>
        Assert.Contains(part, Valid(options => options.Authority = authority).FindFault(), StringComparison.Ordinal);

    [Fact]
    public void A_host_that_is_allowed_by_name_may_be_called() => Assert.Null(Valid(options =>
    {
        options.Authority = "https://login.example.org/realms/a";
        options.AllowedHosts = ["login.example.org"];
    }).FindFault());

    [Fact]
    public void A_secret_in_the_settings_is_refused_and_not_shown()
    {
        var fault = Valid(options => options.ClientSecret = "s3cret").FindFault();

        Assert.Contains("ClientSecret is no reference", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_audience_of_the_api_is_not_the_client() => Assert.Contains(
        "Audience", Valid(options => options.Audience = "terroir").FindFault(), StringComparison.Ordinal);

    [Fact]
    public void A_group_that_is_no_id_is_told() => Assert.Contains(
        "Groups:0",
        Valid(options => options.Groups = [new MappedGroup { Claim = "a", Group = "a,b" }]).FindFault(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("00:04:59")]
    [InlineData("12:00:01")]
    public void A_session_lasts_neither_too_short_nor_too_long(string lifetime) => Assert.Contains(
        "SessionLifetime",
        Valid(options => options.SessionLifetime = TimeSpan.Parse(
            lifetime, System.Globalization.CultureInfo.InvariantCulture)).FindFault(),
        StringComparison.Ordinal);

    private static OidcOptions Valid(Action<OidcOptions> change)
    {
        var options = new OidcOptions { Authority = "http://127.0.0.1:8080", ClientId = "terroir" };
        change(options);
        return options;
    }
}
