using System.Net;
using Terroir.Models;

namespace Terroir.Tests.Models;

public sealed class ModelGateTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("http://127.8.9.10/v1")]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("https://LOCALHOST/v1/")]
    [InlineData("http://[::1]:8080/v1")]
    public void A_server_of_this_machine_may_be_called(string endpoint) =>
        Assert.Null(new ModelGate([]).Refuse(endpoint));

    [Theory]
    [InlineData("http://192.168.1.20:8080/v1", "192.168.1.20")]
    [InlineData("https://api.example.com/v1", "api.example.com")]
    [InlineData("http://localhost.example.com/v1", "localhost.example.com")]
    [InlineData("http://127.0.0.1.example.com/v1", "127.0.0.1.example.com")]
    [InlineData("http://0.0.0.0:8080/v1", "0.0.0.0")]
    [InlineData("http://[fd00::7]/v1", "fd00::7")]
    public void Another_host_is_refused_until_it_is_allowed_by_name(string endpoint, string host)
    {
        var refusal = new ModelGate([]).Refuse(endpoint);

        Assert.Contains($"'{host}'", refusal, StringComparison.Ordinal);
        Assert.Contains("Terroir:Models:AllowedHosts", refusal, StringComparison.Ordinal);
        Assert.Null(new ModelGate([host.ToUpperInvariant()]).Refuse(endpoint));
        Assert.NotNull(new ModelGate(["example.com"]).Refuse(endpoint));
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("/v1")]
    [InlineData("ftp://127.0.0.1/v1")]
    [InlineData("file:///v1")]
    [InlineData("http://user:pass@127.0.0.1/v1")]
    [InlineData("http://127.0.0.1/v1?key=1")]
    public void What_is_no_base_of_an_api_is_refused(string endpoint) =>
        Assert.NotNull(new ModelGate([]).Refuse(endpoint));

    [Fact]
    public void A_name_of_this_machine_that_leads_elsewhere_is_not_followed()
    {
        var elsewhere = IPAddress.Parse("203.0.113.9");

        Assert.False(new ModelGate([]).Admits("localhost", elsewhere));
        Assert.True(new ModelGate([]).Admits("localhost", IPAddress.Loopback));
        Assert.True(new ModelGate(["models.example.org"]).Admits("models.example.org", elsewhere));
    }
}
