using Terroir.Server.Scim;

namespace Terroir.Server.Tests.Scim;

/// <summary>Ids of resources: one for each principal, that stays what it is in an address.</summary>
public sealed class ScimIdTests
{
    [Theory]
    [InlineData("user:nadia.benali", "user:nadia.benali")]
    [InlineData("user:nadia@hopital.fr", "user:nadia@hopital.fr")]
    [InlineData("group:Équipe / nuit", "group:~w4lxdWlwZSAvIG51aXQ")]
    [InlineData("user:..", "user:~Li4")]
    [InlineData("user:~a", "user:~fmE")]
    [InlineData("user:a%2Fb", "user:~YSUyRmI")]
    public void An_id_leads_back_to_its_principal(string principal, string id)
    {
        Assert.Equal(id, ScimId.Of(principal));
        Assert.Equal(principal, ScimId.ToPrincipal(id));
        Assert.Equal(id, new Uri($"https://site/scim/v2/Users/{id}").Segments[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nadia")]
    [InlineData("everyone")]
    [InlineData("user:")]
    [InlineData("user:a b")]
    [InlineData("user:~bmFkaWE")]
    [InlineData("user:~!")]
    [InlineData("user:~gA")]
    [InlineData("user:~YTpi")]
    public void Another_text_is_no_id(string id) => Assert.Null(ScimId.ToPrincipal(id));
}
