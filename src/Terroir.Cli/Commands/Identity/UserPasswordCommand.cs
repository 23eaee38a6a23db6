using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Server.Sources;

namespace Terroir.Cli.Commands.Identity;

/// <summary>Sets a password: read from a prompt or a file, never from the line, which others see.</summary>
internal static class UserPasswordCommand
{
    private const char Delete = '\u007f';

    public static Command Create()
    {
        var user = UserCommand.CreateUser();
        var file = new Option<string?>("--file")
        {
            Description = "A file whose first line is the password. Without it the password is asked for.",
        };
        return CommandLine.Create(
            "password",
            "Sets a user's password, also for one of directory.yaml. Their sessions end at once.",
            "terroir user password nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(user)!;
                if (!UserCommand.Knows(site, Principal.User(id)))
                {
                    return await UserCommand.RefuseAsync(id);
                }

                var (password, problem) = Read(parsed.GetValue(file));
                if ((problem ?? PasswordHasher.FindFault(password, id)) is { } fault)
                {
                    return await CommandLine.RefuseAsync(fault);
                }

                await OperatorLog.RecordAsync(
                    site, EventKinds.IdentityChanged, Principal.User(id), "user password", stop);
                await site.Services.GetRequiredService<Accounts>().SetPasswordAsync(id, password, stop);
                CommandLine.Print(
                    parsed,
                    new { user = id, isSet = true },
                    [$"{id} has a new password; their sessions have ended."]);
                return ExitCode.Done;
            },
            user,
            file);
    }

    private static (string Password, string? Problem) Read(string? file)
    {
        if (file is not null)
        {
            return new FileInfo(file) is { Exists: true, Length: <= Secrets.SizeMaxBytes }
                ? (File.ReadLines(file).FirstOrDefault() ?? "", null)
                : ("", $"There is no file '{file}' with a password.");
        }

        if (Console.IsInputRedirected)
        {
            return (Console.In.ReadLine() ?? "", null);
        }

        var first = Prompt("New password: ");
        return string.Equals(first, Prompt("Again: "), StringComparison.Ordinal)
            ? (first, null)
            : ("", "The two are not the same.");
    }

    private static string Prompt(string question)
    {
        Console.Error.Write(question);
        var typed = new List<char>();
        for (var key = Console.ReadKey(intercept: true);
            key.Key is not ConsoleKey.Enter;
            key = Console.ReadKey(intercept: true))
        {
            if (key.Key is not ConsoleKey.Backspace && key.KeyChar is not Delete)
            {
                typed.Add(key.KeyChar);
            }
            else if (typed.Count > 0)
            {
                typed.RemoveAt(typed.Count - 1);
            }
        }

        Console.Error.WriteLine();
        return string.Concat(typed);
    }
}
