using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Server.Ldap;
using Terroir.Storage;

namespace Terroir.Server.Tests.Ldap;

/// <summary>Groups of a real directory server, OpenLDAP's.</summary>
public sealed class LdapTests : IAsyncLifetime
{
    private Slapd _slapd = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _slapd = await Slapd.CreateAsync();

    public ValueTask DisposeAsync() => _slapd.DisposeAsync();

    [Fact]
    public async Task Nobody_is_let_in_before_the_first_answer_and_a_change_counts_after_the_next()
    {
        await using var server = await StartSiteAsync(Plain, hasDocuments: true);
        var worker = server.Services.GetServices<IHostedService>().OfType<LdapWorker>().Single();

        using var early = await server.GetAsync("/api/quality");
        var problem = await TestServer.ReadJsonAsync(early);
        await _slapd.StartAsync();
        await worker.RefreshAsync(Stop);
        using var member = await server.GetAsync("/api/quality");
        _slapd.Change(
            $"cn=urgences,{Slapd.Groups}", DirectoryAttributeOperation.Add, "member", $"uid=olga,{Slapd.People}");
        _slapd.Change(
            $"cn=urgences,{Slapd.Groups}", DirectoryAttributeOperation.Delete, "member", $"uid=anna,{Slapd.People}");
        await worker.RefreshAsync(Stop);
        using var after = await server.GetAsync("/api/quality");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Equal("TER1008", problem.GetProperty("code").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (member.StatusCode, after.StatusCode));
        var directory = server.Services.GetRequiredService<IDirectory>();
        Assert.Contains("group:stewards", directory.Find("olga")!.Principals);
        Assert.Contains("group:soins", directory.Find("anna")!.Principals);
        Assert.False(directory.Knows("user:crowd0"));
    }

    [Fact]
    public async Task Each_connection_is_in_the_ledger_with_what_can_be_counted()
    {
        await _slapd.StartAsync();
        await using var server = await StartSiteAsync(Plain, hasDocuments: false);
        using var mirror = MirrorOf(server, Plain(), TimeProvider.System);

        await mirror.RefreshAsync(Stop);
        await server.Services.GetServices<IHostedService>().OfType<LedgerWorker>().Single().FlushAsync(Stop);
        var rows = await server.Services.GetRequiredService<IMetastore>().Ledger
            .FindAsync(new LedgerQuery { Kind = EventKinds.Sent }, Stop);
        var details = rows.Where(placed => placed.Row.Subject is LdapMirror.Purpose)
            .Select(placed => Open(placed.Row)).ToList();

        var place = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_slapd.Port}");
        Assert.Contains($"{place}\nopened", details, StringComparer.Ordinal);
        Assert.Contains(
            $"{place}\nclosed\nrequests 4\nentries {Slapd.CrowdCount + 3}",
            details,
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("follow", "outer", "olga")]
    [InlineData("none", "outer", "")]
    [InlineData("follow", "posix", "anna")]
    [InlineData("follow", "CN = Urgences , OU=groups,dc=example,dc=ORG", "anna")]
    public async Task Members_are_found_in_groups_of_each_kind(string nesting, string name, string users)
    {
        await _slapd.StartAsync();

        Assert.Equal(users, string.Join(' ', Read(options =>
        {
            options.Nested = nesting;
            options.Groups = [new MappedLdapGroup { Name = name, Group = "here" }];
        })));
    }

    [Fact]
    public async Task A_group_larger_than_a_page_is_read_as_a_whole()
    {
        await _slapd.StartAsync();

        Assert.Equal(Slapd.CrowdCount, Read(options => options.Groups = [Mapped("crowd")]).Count);
    }

    [Fact]
    public async Task What_is_not_whole_is_a_fault()
    {
        await _slapd.StartAsync();

        Assert.Contains(
            "no group 'absent'",
            Refuse(options => options.Groups = [Mapped("absent")]),
            StringComparison.Ordinal);
        Assert.Contains(
            "no group 'cn=absent",
            Refuse(options => options.Groups = [Mapped($"cn=absent,{Slapd.Groups}")]),
            StringComparison.Ordinal);
        Assert.Contains(
            "Active Directory",
            Refuse(options => options.Nested = "chain"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_believed_by_its_certificate_only()
    {
        await _slapd.StartAsync();
        var (tls, start) = (Tls(), Plain());
        start.StartTls = true;

        Assert.Throws<LdapException>(() => Open(tls).Dispose());
        Assert.ThrowsAny<Exception>(() => Open(start).Dispose());
        (tls.CertificateFolder, start.CertificateFolder) = (_slapd.CertificateFolder, _slapd.CertificateFolder);

        using var byTls = Open(tls);
        using var byStartTls = Open(start);
        Assert.Equal("anna", Assert.Single(LdapReader.Read(byTls, tls)["stewards"]));
        Assert.Equal("anna", Assert.Single(LdapReader.Read(byStartTls, start)["stewards"]));
    }

    [Fact]
    public async Task An_old_answer_lets_nobody_in_and_a_failure_keeps_the_last_one()
    {
        await _slapd.StartAsync();
        await using var server = await StartSiteAsync(Plain, hasDocuments: false);
        var time = new ShiftedTime();
        var options = Plain();
        using var mirror = MirrorOf(server, options, time);

        Assert.Throws<DirectoryServerFailedException>(mirror.ThrowUnlessCurrent);
        await mirror.RefreshAsync(Stop);
        mirror.ThrowUnlessCurrent();
        options.BindName = $"uid=anna,{Slapd.People}";
        var fault = await Assert.ThrowsAsync<DirectoryServerFailedException>(() => mirror.RefreshAsync(Stop));
        mirror.ThrowUnlessCurrent();
        time.Shift = TimeSpan.FromMinutes(options.MaxAgeMinutes + 1);

        Assert.Throws<DirectoryServerFailedException>(mirror.ThrowUnlessCurrent);
        Assert.DoesNotContain(Slapd.Password, fault.Message, StringComparison.Ordinal);
        options.BindName = Slapd.Admin;
        await mirror.EnsureAsync(Stop);
        mirror.ThrowUnlessCurrent();
    }

    private static MappedLdapGroup Mapped(string name) => new() { Name = name, Group = "here" };

    private static string Open(LedgerRow row) => Encoding.UTF8.GetString(
        LedgerEvent.Parse(row.Kind, row.Time, row.Detail!).Subjects.Single().Opening!.Content);

    private static LdapSession Open(LdapOptions options) =>
        LdapSession.Open(LdapServer.TryParse(options.Servers[0])!, options, Slapd.Password);

    private LdapOptions Plain() => new()
    {
        Servers = [string.Create(CultureInfo.InvariantCulture, $"ldap://127.0.0.1:{_slapd.Port}")],
        StartTls = false,
        BindName = Slapd.Admin,
        Password = "file:ldap.secret",
        UserBase = Slapd.People,
        GroupBase = Slapd.Groups,
        Groups = [new MappedLdapGroup { Name = "urgences", Group = "stewards" }],
        RefreshMinutes = 120,
    };

    private LdapOptions Tls()
    {
        var options = Plain();
        options.Servers = [string.Create(CultureInfo.InvariantCulture, $"ldaps://127.0.0.1:{_slapd.TlsPort}")];
        return options;
    }

    private IReadOnlySet<string> Read(Action<LdapOptions> change)
    {
        var options = Plain();
        options.Groups = [Mapped("urgences")];
        change(options);
        using var session = Open(options);
        return LdapReader.Read(session, options)["here"];
    }

    private string Refuse(Action<LdapOptions> change) =>
        Assert.Throws<DirectoryServerFailedException>(() => Read(change)).Message;

    private static LdapMirror MirrorOf(TestServer server, LdapOptions options, TimeProvider time) => new(
        Options.Create(options),
        server.Services.GetRequiredService<LdapPassword>(),
        server.Services.GetRequiredService<EventLog>(),
        time);

    private static Task<TestServer> StartSiteAsync(Func<LdapOptions> make, bool hasDocuments)
    {
        var options = make();
        return TestServer.StartAsync(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Terroir:Ldap:Servers:0"] = options.Servers[0],
                ["Terroir:Ldap:StartTls"] = $"{options.StartTls}",
                ["Terroir:Ldap:BindName"] = options.BindName,
                ["Terroir:Ldap:Password"] = options.Password,
                ["Terroir:Ldap:UserBase"] = options.UserBase,
                ["Terroir:Ldap:GroupBase"] = options.GroupBase,
                ["Terroir:Ldap:RefreshMinutes"] = $"{options.RefreshMinutes}",
                ["Terroir:Ldap:Groups:0:Name"] = options.Groups[0].Name,
                ["Terroir:Ldap:Groups:0:Group"] = options.Groups[0].Group,
            },
            prepare: site => File.WriteAllText(Path.Combine(site.Root, "ldap.secret"), Slapd.Password + "\n"),
            hasDocuments: hasDocuments);
    }

    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
