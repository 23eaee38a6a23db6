using CsCheck;

namespace Terroir.Tests.Access.Histories;

/// <summary>Histories of a site: people come and go, groups are nested and end, folders inherit, and after each step
/// somebody reads. The directory, the lists and the bitmaps say what a second, naive reading of the rules says.
/// </summary>
/// <remarks>A hundred histories of a hundred steps; <c>eng/long/45-access.sh</c> takes 10,000, a million steps, by
/// CsCheck_Iter. A failing history is made short.</remarks>
public sealed class AccessHistoryTests
{
    private const int StepCount = 100;

    private static readonly Gen<int?> End = Gen.Frequency(
        (3, Gen.Const((int?)null)),
        (2, Gen.Int[0, 120].Select(end => (int?)end)));

    private static readonly Gen<string> Member = Gen.OneOf(
        Gen.Int[0, AccessState.UserCount - 1].Select(user => $"user:u{user}"),
        Gen.Int[0, AccessState.GroupCount - 1].Select(group => $"group:g{group}"));

    private static readonly Gen<string> Reader = Gen.Frequency((1, Gen.Const(AccessList.Everyone)), (4, Member));

    private static readonly Gen<Entry> Plain = Gen.Select(Reader, End, (reader, end) => new Entry([reader], end));

    private static readonly Gen<Entry> Joined = Gen.Select(
        Reader.Array[1, 3],
        End,
        (readers, end) => new Entry([.. readers.Distinct(StringComparer.Ordinal)], end));

    private static readonly Gen<FolderRule> Own = Gen.Select(
        Gen.Bool,
        Plain.Array[0, 3],
        Plain.Array[0, 1],
        (inherits, allow, deny) => new FolderRule(IsBroken: false, inherits, allow, deny, OfFirst: null));

    private static readonly Gen<FolderRule?> Rule = Gen.Frequency(
        (1, Gen.Const((FolderRule?)null)),
        (1, Own.Select(rule => (FolderRule?)(rule with { IsBroken = true }))),
        (14, Gen.Select(
            Own,
            Gen.OneOf(Gen.Const((FolderRule?)null), Own.Select(own => (FolderRule?)own)),
            (rule, own) => (FolderRule?)(rule with { OfFirst = own }))));

    private static readonly Gen<Membership[]?> Members = Gen.Frequency(
        (1, Gen.Const((Membership[]?)null)),
        (5, Gen.Select(Member, End, (member, end) => new Membership(member, end)).Array[0, 3]
            .Select(members => (Membership[]?)members)));

    private static readonly Gen<Step> Change = Gen.OneOf(
        Gen.Int[1, 10].Select(seconds => new Step($"{seconds} s pass", (state, _) => state.Now += seconds)),
        Gen.Select(Group(), Members, Gen.Bool, (group, members, isOfFile) => new Step(
            $"group g{group} of the {(isOfFile ? "file" : "store")} has {members?.Length}",
            (state, system) =>
            {
                (isOfFile ? state.FileGroups : state.StoreGroups)[group] = members;
                system.ForgetDirectory();
            })),
        Gen.Select(User(), Gen.Bool, Gen.Bool, (user, isOfFile, isDisabled) => new Step(
            $"user u{user}: of the file {isOfFile}, disabled {isDisabled}",
            (state, system) =>
            {
                (state.IsOfFile[user], state.IsDisabled[user]) = (isOfFile, isDisabled);
                system.ForgetDirectory();
            })),
        Gen.Select(Gen.Int[0, AccessState.FolderCount - 1], Rule, (folder, rule) => new Step(
            $"folder {folder}: {rule}",
            (state, system) =>
            {
                state.Folders[folder] = rule;
                system.ForgetPermissions();
            })),
        Gen.Select(
            Gen.Int[0, AccessState.ListedCount - 1],
            Joined.Array[0, 3],
            Joined.Array[0, 2],
            (document, allow, deny) => new Step(
                $"document {document} has a list of its own",
                (state, system) =>
                {
                    state.Lists[document] = (allow, deny);
                    system.ForgetPermissions();
                })));

    private static readonly Gen<(Step Step, int User, int Document)[]> History = Gen.Select(
        Gen.Frequency((1, Change), (1, Gen.Const(new Step("nothing", (_, _) => { })))),
        User(),
        Gen.Int[0, AccessState.DocumentCount - 1]).Array[StepCount];

    [Fact]
    public void Whatever_happens_the_site_lets_read_what_the_rules_say() => History.Sample(history =>
    {
        var state = new AccessState();
        var system = new AccessSystem(state);
        foreach (var (step, user, document) in history)
        {
            step.Apply(state, system);
            var expected = AccessOracle.MayRead(state, user, document);

            Assert.Equal((expected, expected), system.MayRead(user, document));
        }
    });

    // The law says nothing about histories in which nobody reads anything.
    [Fact]
    public void In_histories_people_may_and_may_not_read()
    {
        var (read, refused) = (0, 0);
        History.Sample(
            history =>
            {
                var state = new AccessState();
                var system = new AccessSystem(state);
                foreach (var (step, user, document) in history)
                {
                    step.Apply(state, system);
                    var mayRead = AccessOracle.MayRead(state, user, document);
                    Interlocked.Add(ref read, mayRead ? 1 : 0);
                    Interlocked.Add(ref refused, mayRead ? 0 : 1);
                }
            },
            iter: 100,
            threads: 1);

        Assert.InRange(read, 1_000, 9_000);
        Assert.InRange(refused, 1_000, 9_000);
    }

    private static Gen<int> Group() => Gen.Int[0, AccessState.GroupCount - 1];

    private static Gen<int> User() => Gen.Int[0, AccessState.UserCount - 1];

    private sealed record Step(string Told, Action<AccessState, AccessSystem> Apply)
    {
        public override string ToString() => Told;
    }
}
