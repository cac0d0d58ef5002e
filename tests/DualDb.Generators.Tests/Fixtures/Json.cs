// JSON columns.

using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using DualDb;

namespace Json;

public sealed record Address(string Street, string? City);

public readonly record struct Point(int X, int Y);

[JsonSerializable(typeof(Address))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(List<Address>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class JsonTypes : JsonSerializerContext;

[Supabase]
public sealed partial record Document
{
    [Key]
    public required string Id { get; init; }

    [Jsonb(typeof(JsonTypes))]
    public required Address Address { get; init; }

    [Jsonb(typeof(JsonTypes))]
    public Address? Second { get; init; }

    [Jsonb(typeof(JsonTypes))]
    public Point Point { get; init; }

    [Jsonb(typeof(JsonTypes))]
    public Point? OptionalPoint { get; init; }

    [Jsonb(typeof(JsonTypes))]
    public List<Address> History { get; init; } = [];

    [Jsonb(typeof(JsonTypes))]
    public string[] Names { get; init; } = [];

    [Jsonb]
    public string Raw { get; init; } = "{}";

    public JsonElement Element { get; init; }

    public JsonElement? OptionalElement { get; init; }

    public JsonDocument? Tree { get; init; }
}
