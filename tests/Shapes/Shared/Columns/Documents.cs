using System.Text.Json;
using System.Text.Json.Serialization;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

public sealed record Address(string Street, IReadOnlyList<string> Lines, decimal? Latitude);

public sealed class Preference
{
    public string Theme { get; set; } = "";

    public Dictionary<string, int> Limits { get; set; } = [];
}

[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(List<Preference>))]
[JsonSerializable(typeof(Preference))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ShapesJson : JsonSerializerContext;

/// <summary>Documents: typed, loose, and as text.</summary>
[Stored(Set = Names.Prefix + "Documents")]
public sealed partial class Documents
{
    [Key] public required int Id { get; set; }

    [Jsonb(typeof(ShapesJson))] public required Address Home { get; set; }

    [Jsonb(typeof(ShapesJson))] public Address? Work { get; set; }

    [Jsonb(typeof(ShapesJson))] public List<Preference> Preferences { get; set; } = [];

    [Jsonb(typeof(ShapesJson))] public Dictionary<string, string>? Labels { get; set; }

    public JsonElement Element { get; set; }

    public JsonElement? MaybeElement { get; set; }

    public required JsonDocument Document { get; set; }

    public JsonDocument? MaybeDocument { get; set; }

    [Jsonb] public required string Text { get; set; }

    [Jsonb] public string? MaybeText { get; set; }

    [Jsonb(typeof(ShapesJson)), Column(Type = "json")] public Preference? Plain { get; set; }
}

public sealed class DocumentsShape : Shape<Documents, int, Transaction>
{
    private static readonly string[] Json =
    [
        """{"a": 1, "b": [true, null, "x"]}""", "[]", "null", "\"it's \\\"quoted\\\" {a,b}\"", "12.50", """{"nested": {"ä": "👩‍👩‍👧"}}""", "false",
    ];

    public override Type RepositoryType => typeof(IDocumentsRepository);

    public override Documents Make(int number) => Make(number + 1, number);

    public override Documents Change(Documents row, int number) => Make(row.Id, number);

    public override int KeyOf(Documents row) => row.Id;

    private static Documents Make(int id, int number) => new()
    {
        Id = id,
        Home = Address(number),
        Work = Samples.OrNothing(number, Address(number + 1)),
        Preferences = [.. Samples.Array(number, Preference)],
        Labels = Samples.OrNothing(number + 1, new Dictionary<string, string>(StringComparer.Ordinal) { [Samples.Text(number)] = Samples.Text(number + 1) }),
        Element = JsonElement.Parse(Json[number % Json.Length]),
        MaybeElement = Samples.OrNull(number, JsonElement.Parse(Json[(number + 1) % Json.Length])),
        Document = JsonDocument.Parse(Json[(number + 2) % Json.Length]),
        MaybeDocument = Samples.OrNothing(number + 1, JsonDocument.Parse(Json[(number + 3) % Json.Length])),
        Text = Json[(number + 4) % Json.Length],
        MaybeText = Samples.OrNothing(number + 2, Json[(number + 5) % Json.Length]),
        Plain = Samples.OrNothing(number, Preference(number)),
    };

    private static Address Address(int number)
        => new(Samples.Text(number), Samples.Array(number, Samples.Text), Samples.OrNull(number, Samples.Money(number)));

    private static Preference Preference(int number)
        => new() { Theme = Samples.Text(number), Limits = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = number, ["ä"] = -number } };
}
