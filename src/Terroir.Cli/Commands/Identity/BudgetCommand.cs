using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Server.Budgets;
using Terroir.Server.Endpoints;
using Terroir.Server.Ldap;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Shows what people may spend on models, and what they used.</summary>
internal static class BudgetCommand
{
    public static Command Create()
    {
        var command = new Command("budget", "Shows what people may spend on models in a day.");
        command.Subcommands.Add(CreateShow());
        return command;
    }

    private static Command CreateShow()
    {
        var user = new Argument<string?>("user")
        {
            Description = "The id of a user; without it all users.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return CommandLine.Create(
            "show",
            "Shows what users may spend on models today, and what they used of it.",
            "terroir budget show nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                await site.Services.GetRequiredService<LdapMirror>().EnsureAsync(stop);
                var directory = site.Services.GetRequiredService<IDirectory>();
                var budgets = site.Services.GetRequiredService<ModelBudgets>();
                var asked = parsed.GetValue(user);
                if (asked is not null && directory.Find(asked) is null)
                {
                    return await UserCommand.RefuseAsync(asked);
                }

                var ids = asked is null ? directory.Users.Select(known => known.Id) : [asked];
                var users = ids.Select(directory.Find)
                    .OfType<Asker>()
                    .Select(asker => new
                    {
                        asker.User,
                        budget = BudgetResponse.Of(budgets, asker.User, asker.Principals),
                    })
                    .ToArray();
                CommandLine.Print(
                    parsed,
                    new { users },
                    users.Select(line => $"{line.User}  {Describe(line.budget)}"));
                return ExitCode.Done;
            },
            user);
    }

    private static string Describe(BudgetResponse budget)
    {
        var parts = new List<string>();
        Add(budget.Tokens, "tokens");
        Add(budget.Seconds, "seconds");
        Add(budget.Joules, "joules (modelled)");
        return parts.Count == 0
            ? "no budget, not counted"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", parts)}; renews {budget.RenewsAt:yyyy-MM-dd HH:mm} UTC");

        void Add(BudgetAmount? amount, string unit)
        {
            if (amount is not null)
            {
                parts.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{amount.Used:#,0} of {amount.PerDay:#,0} {unit} ({amount.Group})"));
            }
        }
    }
}
