using Terroir.Server.Ldap;

namespace Terroir.Server.Tests.Ldap;

/// <summary>What of the settings of a directory server is refused, and how names are written.</summary>
public sealed class LdapOptionsTests
{
    [Fact]
    public void Settings_of_another_machine_need_TLS_and_its_name()
    {
        Assert.Null(Made("ldaps://ldap.example.org").FindFault());
        Assert.Null(Made("ldap://ldap.example.org:1389/").FindFault());
        Assert.Contains("AllowedHosts", Made("ldaps://other.example.org").FindFault(), StringComparison.Ordinal);
        Assert.Contains(
            "clear",
            Made("ldap://ldap.example.org", options => options.StartTls = false).FindFault(),
            StringComparison.Ordinal);
        Assert.Null(Made("ldap://127.0.0.1", options => options.StartTls = false).FindFault());
        Assert.Null(Made("ldap://[::1]:389", options => options.StartTls = false).FindFault());
    }

    [Theory]
    [InlineData("http://ldap.example.org")]
    [InlineData("ldap.example.org")]
    [InlineData("ldaps://")]
    [InlineData("ldaps://user@ldap.example.org")]
    [InlineData("ldaps://ldap.example.org/dc=example")]
    [InlineData("ldaps://ldap.example.org?x")]
    public void An_address_is_a_server_and_nothing_else(string server) =>
        Assert.Contains("no address", Made(server).FindFault(), StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_or_out_of_range_is_named()
    {
        (Action<LdapOptions> Change, string Word)[] cases =
        [
            (options => options.BindName = "", "BindName"),
            (options => options.Password = "secret", "no reference"),
            (options => options.UserBase = "", "UserBase"),
            (options => options.UserAttribute = "uid)(x", "UserAttribute"),
            (options => options.CertificateFolder = "/no/such/folder", "CertificateFolder"),
            (options => options.Nested = "deep", "Nested"),
            (options => options.RefreshMinutes = 0, "RefreshMinutes"),
            (options => options.MaxAgeMinutes = 1, "MaxAgeMinutes"),
            (options => options.Groups = [], "Groups"),
            (options => options.Groups = [new MappedLdapGroup { Name = "a", Group = "a:b" }], "Groups:0"),
            (options => options.GroupBase = "", "GroupBase"),
            (options => options.Servers = [], "Servers"),
        ];

        foreach (var (change, word) in cases)
        {
            Assert.Contains(word, Made("ldaps://ldap.example.org", change).FindFault(), StringComparison.Ordinal);
        }

        Assert.Null(new LdapOptions().FindFault());
    }

    [Theory]
    [InlineData("UID=Anna, OU=People,dc=example", "uid=anna,ou=people,dc=example")]
    [InlineData(" uid = anna + cn = a b ,dc=x ", "uid=anna+cn=a b,dc=x")]
    [InlineData("cn=a\\, b,dc=x", "cn=a\\, b,dc=x")]
    [InlineData("cn=a\\ ,dc=x", "cn=a\\ ,dc=x")]
    public void Names_that_differ_in_capitals_and_spaces_are_one(string name, string normal) =>
        Assert.Equal(normal, LdapText.Normalize(name));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a*)(uid=*", "a\\2a\\29\\28uid=\\2a")]
    [InlineData("\\\0é", "\\5c\\00\\c3\\a9")]
    public void A_value_cannot_leave_its_place_in_a_filter(string value, string escaped) =>
        Assert.Equal(escaped, LdapText.Escape(value));

    private static LdapOptions Made(string server, Action<LdapOptions>? change = null)
    {
        var options = new LdapOptions
        {
            Servers = [server],
            BindName = "cn=terroir",
            Password = "file:ldap.secret",
            UserBase = "ou=people",
            GroupBase = "ou=groups",
            Groups = [new MappedLdapGroup { Name = "a", Group = "a" }],
            AllowedHosts = ["ldap.example.org"],
        };
        change?.Invoke(options);
        return options;
    }
}
