using System.Globalization;
using System.Text.Json.Nodes;

namespace Terroir.Proofs;

/// <summary>A schema of policies, with entities and requests that it allows. Drawn from few names and values, so that
/// policies hit them.</summary>
/// <param name="random">Draws.</param>
internal sealed class PolicyWorld(Random random)
{
    private const long IntegerMax = (1L << 53) - 1;
    private const int UserCount = 4;
    private const int GroupCount = 4;
    private const int DocumentCount = 4;

    private readonly bool[] _isOptional = [.. Enumerable.Range(0, 8).Select(_ => random.Next(2) == 0)];

    /// <summary>The schema as people write it.</summary>
    public string Schema => $$"""
        type Place = { city: String, zone{{Mark(0)}}: Long };
        entity Group in [Group];
        entity Color enum ["red", "green"];
        entity User in [Group] = {
          name: String, age: Long, active{{Mark(1)}}: Bool, boss{{Mark(2)}}: User, place{{Mark(3)}}: Place,
          roles: Set<String>, color: Color, since: datetime, net{{Mark(4)}}: ipaddr
        } tags String;
        entity Doc in [Folder] = {
          owner: User, level{{Mark(5)}}: Long, score: decimal, labels: Set<String>, groups: Set<Group>,
          kept{{Mark(6)}}: duration, place: Place
        } tags Set<Long>;
        entity Folder in [Folder];
        action all;
        action read, write in [all] appliesTo {
          principal: [User], resource: [Doc],
          context: { time: datetime, ip: ipaddr, n: Long, text{{Mark(7)}}: String, ok: Bool, who: User, place: Place }
        };
        action list in all appliesTo {
          principal: [User, Group], resource: [Folder, Doc], context: { n: Long, ok?: Bool }
        };
        """;

    /// <summary>Draws entities; now and then one that policies name is missing.</summary>
    public JsonArray DrawEntities()
    {
        var entities = new JsonArray();
        for (var i = 0; i < GroupCount; i++)
        {
            Add(entities, "Group", i, [], Parents("Group", i + 1, GroupCount), []);
        }

        for (var i = 0; i < UserCount; i++)
        {
            Add(entities, "User", i, DrawUser(), Parents("Group", 0, GroupCount), DrawTags(() => DrawText()));
        }

        for (var i = 0; i < DocumentCount; i++)
        {
            Add(entities, "Folder", i, [], Parents("Folder", i + 1, DocumentCount), []);
            Add(
                entities,
                "Doc",
                i,
                DrawDocument(),
                Parents("Folder", 0, DocumentCount),
                DrawTags(() => new JsonArray(DrawNumber())));
        }

        return entities;
    }

    /// <summary>Draws a request that the schema allows.</summary>
    public JsonObject DrawRequest()
    {
        var isList = random.Next(3) == 0;
        var principal = isList && random.Next(3) == 0 ? "Group" : "User";
        var resource = isList && random.Next(2) == 0 ? "Folder" : "Doc";
        return new JsonObject
        {
            ["principal"] = Uid(principal, random.Next(UserCount)),
            ["action"] = new JsonObject { ["type"] = "Action", ["id"] = isList ? "list" : Pick("read", "write") },
            ["resource"] = Uid(resource, random.Next(DocumentCount)),
            ["context"] = isList ? DrawListContext() : DrawContext(),
        };
    }

    private JsonObject DrawListContext()
    {
        var context = new JsonObject { ["n"] = DrawNumber() };
        AddIf(context, "ok", isOptional: true, () => random.Next(2) == 0);
        return context;
    }

    private JsonObject DrawContext()
    {
        var context = new JsonObject
        {
            ["time"] = Call("datetime", Pick("2026-11-26", "1969-12-31T23:59:59.999Z", "2026-11-26T08:30:00+0130")),
            ["ip"] = Call("ip", Pick("10.0.0.1", "10.1.0.0/16", "127.0.0.1", "::1", "ff02::1")),
            ["n"] = DrawNumber(),
            ["ok"] = random.Next(2) == 0,
            ["who"] = Escape(Uid("User", random.Next(UserCount))),
            ["place"] = DrawPlace(),
        };
        AddIf(context, "text", _isOptional[7], () => DrawText());
        return context;
    }

    private JsonObject DrawUser()
    {
        var user = new JsonObject
        {
            ["name"] = DrawText(),
            ["age"] = DrawNumber(),
            ["roles"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => (JsonNode)DrawText())]),
            ["color"] = Escape(new JsonObject { ["type"] = "Color", ["id"] = Pick("red", "green") }),
            ["since"] = Call("datetime", Pick("2020-02-29", "2026-11-25T23:59:59Z")),
        };
        AddIf(user, "active", _isOptional[1], () => random.Next(2) == 0);
        AddIf(user, "boss", _isOptional[2], () => Escape(Uid("User", random.Next(UserCount + 1))));
        AddIf(user, "place", _isOptional[3], DrawPlace);
        AddIf(user, "net", _isOptional[4], () => Call("ip", Pick("10.0.0.0/8", "192.168.0.0/16", "2001:db8::/32")));
        return user;
    }

    private JsonObject DrawDocument()
    {
        var document = new JsonObject
        {
            ["owner"] = Escape(Uid("User", random.Next(UserCount + 1))),
            ["score"] = Call("decimal", Pick("0.5", "1.0", "-0.0001", "922337203685477.5807")),
            ["labels"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => (JsonNode)DrawText())]),
            ["groups"] = new JsonArray([.. Enumerable.Range(0, random.Next(3))
                .Select(_ => (JsonNode)Escape(Uid("Group", random.Next(GroupCount))))]),
            ["place"] = DrawPlace(),
        };
        AddIf(document, "level", _isOptional[5], () => DrawNumber());
        AddIf(document, "kept", _isOptional[6], () => Call("duration", Pick("1d", "-1h30m", "0ms", "400d")));
        return document;
    }

    private JsonObject DrawPlace()
    {
        var place = new JsonObject { ["city"] = DrawText() };
        AddIf(place, "zone", _isOptional[0], () => DrawNumber());
        return place;
    }

    private JsonObject DrawTags(Func<JsonNode> draw)
    {
        var tags = new JsonObject();
        foreach (var name in (string[])["a", "b"])
        {
            AddIf(tags, name, isOptional: true, draw);
        }

        return tags;
    }

    private void Add(
        JsonArray entities,
        string type,
        int number,
        JsonObject attributes,
        JsonArray parents,
        JsonObject tags)
    {
        if (random.Next(12) > 0)
        {
            entities.Add((JsonNode)new JsonObject
            {
                ["uid"] = Uid(type, number),
                ["attrs"] = attributes,
                ["parents"] = parents,
                ["tags"] = tags,
            });
        }
    }

    private JsonArray Parents(string type, int first, int count) =>
        [.. Enumerable.Range(first, Math.Max(0, count - first)).Where(_ => random.Next(3) == 0)
            .Select(number => (JsonNode)Uid(type, number))];

    private void AddIf(JsonObject target, string name, bool isOptional, Func<JsonNode> draw)
    {
        if (!isOptional || random.Next(3) > 0)
        {
            target[name] = draw();
        }
    }

    private static JsonObject Uid(string type, int number) =>
        new() { ["type"] = type, ["id"] = number.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Escape(JsonObject uid) => new() { ["__entity"] = uid };

    private static JsonObject Call(string function, string argument) =>
        new() { ["__extn"] = new JsonObject { ["fn"] = function, ["arg"] = argument } };

    private string Mark(int place) => _isOptional[place] ? "?" : "";

    private JsonValue DrawText() => JsonValue.Create(Pick("a", "b", "ab", "é*", ""));

    // The judge is JavaScript, whose numbers hold no larger integers. The policies have those.
    private JsonValue DrawNumber() => JsonValue.Create(random.Next(5) == 0
        ? (random.Next(2) == 0 ? IntegerMax : -IntegerMax)
        : random.Next(-1, 4));

    private string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}
