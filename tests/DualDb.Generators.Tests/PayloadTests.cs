using System.Text.RegularExpressions;
using DualDb.Generators.Tests.Harness;

namespace DualDb.Generators.Tests;

/// <summary>The hash under which payloads are kept changes with the model, and only with it; and keys are said to be exact where they are.</summary>
public sealed partial class PayloadTests
{
    private const string Model = """
        using System;
        using System.Text.Json.Serialization;
        using DualDb;
        namespace Shop;
        public enum Size { Small, Large = 7 }
        [StoredAsText] public enum Mood { Calm, Wild }
        public sealed record Box(int Width);
        public sealed record Bag(int Width);
        [JsonSerializable(typeof(Box)), JsonSerializable(typeof(Bag))] internal sealed partial class Types : JsonSerializerContext;
        [JsonSerializable(typeof(Box))] internal sealed partial class OtherTypes : JsonSerializerContext;
        [Neon("things")]
        public sealed partial class Thing
        {
            [Key] public long Id { get; set; }
            public int Amount { get; set; }
            public string Name { get; set; } = "";
            public Size Size { get; set; }
            public Mood Mood { get; set; }
            public int[] Numbers { get; set; } = [];
            [Jsonb(typeof(Types))] public Box? Box { get; set; }
        }
        """;

    [Theory]
    [InlineData("public int Amount", "public long Amount")]
    [InlineData("public int Amount", "public int? Amount")]
    [InlineData("public int Amount", "public int Quantity")]
    [InlineData("public int Amount", "[Column(\"quantity\")] public int Amount")]
    [InlineData("public int Amount", "[Column(Type = \"bigint\")] public int Amount")]
    [InlineData("public int Amount { get; set; }", "")]
    [InlineData("public int Amount { get; set; }", "public int Amount { get; set; } public bool Extra { get; set; }")]
    [InlineData("public string Name { get; set; } = \"\";", "public string? Name { get; set; }")]
    [InlineData("public Size Size", "public Mood Size")]
    [InlineData("public int[] Numbers", "public int?[] Numbers")]
    [InlineData("public int[] Numbers", "public System.Collections.Generic.List<int> Numbers")]
    [InlineData("enum Size", "enum Size : short")]
    [InlineData("Calm, Wild", "Wild, Calm")]
    [InlineData("Calm, Wild", "Calm, Wild, Sad")]
    [InlineData("public Box? Box", "public Bag? Box")]
    [InlineData("[Jsonb(typeof(Types))]", "[Jsonb(typeof(OtherTypes))]")]
    [InlineData("[Neon(\"things\")]", "[Neon(\"objects\")]")]
    [InlineData("[Neon(\"things\")]", "[Neon(\"things\", Schema = \"other\")]")]
    [InlineData("[Neon(\"things\")]", "[Supabase(\"things\")]")]
    [InlineData("[Key] public long Id { get; set; }", "[Key] public long Id { get; set; } [SoftDelete] public bool Gone { get; set; }")]
    public void A_change_of_the_model_changes_the_hash(string before, string after)
        => Assert.NotEqual(HashOf(Model), HashOf(Edited(before, after)));

    [Fact]
    public void Two_columns_that_trade_places_change_the_hash()
        => Assert.NotEqual(
            HashOf(Model),
            HashOf(Edited("public int Amount { get; set; }", "").Replace("public Size Size", "public int Amount { get; set; } public Size Size", StringComparison.Ordinal)));

    [Theory]
    [InlineData("public int Amount { get; set; }", "/// <summary>How many.</summary>\npublic int Amount { get; set; } = 5;")]
    [InlineData("public int Amount { get; set; }", "public int Amount { get; set; } public int Twice() => 2 * Amount;")]
    [InlineData("public int Amount { get; set; }", "public int Amount { get; set; } [NotMapped] public int Other { get; set; }")]
    [InlineData("Small, Large = 7", "Small, Medium, Large = 7")]
    [InlineData("public sealed record Box(int Width);", "public sealed record Box(int Width) { public int Area() => Width; }")]
    [InlineData("namespace Shop;", "namespace Shop; public sealed class Unrelated;")]
    public void An_edit_that_changes_no_payload_leaves_the_hash(string before, string after)
        => Assert.Equal(HashOf(Model), HashOf(Edited(before, after)));

    [Theory]
    [InlineData("[Key] public long Id", true)]
    [InlineData("[Key] public Guid Id", true)]
    [InlineData("[Key] public string Id", true)]
    [InlineData("[Key, Column(Type = \"varchar(9)\")] public string Id", true)]
    [InlineData("[Key] public Mood Id", true)]
    [InlineData("[Key, Column(Type = \"mood\")] public Mood Id", true)]
    [InlineData("[Key, Column(Type = \"text\")] public Guid Id", true)]
    [InlineData("[Key, Column(Type = \"positive\")] public int Id", true)]
    [InlineData("[Key] public decimal Id", true)]
    [InlineData("[Key, Column(Type = \"citext\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"extensions.citext\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"char(3)\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"bpchar\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"uuid\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"some_domain\")] public string Id", false)]
    [InlineData("[Key, Column(Type = \"money\")] public decimal Id", false)]
    [InlineData("[Key] public long Left { get; set; } [Key, Column(Type = \"citext\")] public string Id", false)]
    public void A_key_is_exact_where_one_value_has_one_text(string key, bool expected)
        => Assert.Contains(
            $"public static bool HasExactKey => {(expected ? "true" : "false")};",
            FileOf(Edited("[Key] public long Id { get; set; }", key + " { get; set; } = default!;")),
            StringComparison.Ordinal);

    private static string Edited(string before, string after)
    {
        Assert.Contains(before, Model, StringComparison.Ordinal);
        return Model.Replace(before, after, StringComparison.Ordinal);
    }

    private static string HashOf(string model) => Hash().Match(FileOf(model)).Groups["hash"].Value is { Length: 8 } hash ? hash : throw new InvalidOperationException("There is no hash.");

    private static string FileOf(string model) => GeneratorRun.Of(Fixture.Project(model)).Files["Shop.Thing.g.cs"];

    [GeneratedRegex("PayloadSchema => \"(?<hash>[0-9a-f]{8})\";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
