using System.Security.Cryptography;
using System.Text;

namespace Terroir.Acceptance.Tests;

/// <summary>A served site with a model server, whose settings and policies govern what each of its people may do.
/// </summary>
public sealed class GovernedSite : IAsyncLifetime
{
    /// <summary>What everybody may read, and the model quotes.</summary>
    public const string Written = "Le badge provisoire se retire au poste de sécurité";

    internal UsedSite Site { get; } = new();

    internal QuotingModel Model { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Model = await QuotingModel.StartAsync("poste de sécurité");
        await UsedSite.WriteAsync(Site.In("files", "permissions.yaml"), "allow: [everyone]\n");
        await UsedSite.WriteAsync(Site.In("files", "badge.md"), $"# Badge\n\n{Written}.\n");
        await UsedSite.WriteAsync(
            Site.In("files", "urgences", "permissions.yaml"),
            "inherit: false\nallow: [group:bris-de-glace]\n");
        await UsedSite.WriteAsync(
            Site.In("files", "urgences", "dossier.md"),
            "# Dossier\n\nTraitement : digoxine 0,125 mg le matin.\n");
        await UsedSite.WriteAsync(
            Site.In("site", "policies", "site.cedar"),
            """
            @id("a-person-decides")
            permit (principal == User::"anna", action == Action::"processApproved", resource);
            @id("care")
            permit (principal in Group::"soins", action == Action::"process", resource);

            """);
        await Site.FillAsync(
            $$"""
            {{Model.Settings}}budgets:
              - { group: soins, tokensPerDay: 3000 }
            emergency:
              - { group: bris-de-glace, openTo: medecins, minutes: 60 }

            """,
            """
            groups:
              - { id: stewards, members: [user:ines] }
              - { id: soins, members: [user:bruno] }
              - { id: medecins, members: [user:nadia] }
              - { id: bris-de-glace, members: [] }
            users:
              - { id: anna, name: Anna }
              - { id: bruno, name: Bruno }
              - { id: chloe, name: Chloé }
              - { id: denis, name: Denis }
              - { id: ines, name: Ines }
              - { id: marc, name: Marc }
              - { id: nadia, name: Nadia }
            keys:

            """ + string.Concat(((string[])["anna", "bruno", "chloe", "marc", "nadia"]).Select(DescribeKey)));
        await Site.ServeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Model.DisposeAsync();
    }

    /// <summary>The key of somebody whom directory.yaml gives one: it may do what they may.</summary>
    internal static string KeyOf(string user) => $"ter_{user}";

    /// <summary>How often the model was sent a question.</summary>
    internal int CountPrompts(string question) =>
        Model.Prompts.Count(prompt => prompt.Contains(question, StringComparison.Ordinal));

    private static string DescribeKey(string user)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(user))));
        return $"  - {{ hash: {hash}, principal: {user} }}\n";
    }
}
