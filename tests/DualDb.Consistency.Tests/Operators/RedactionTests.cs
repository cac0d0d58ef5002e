using DualDb.Consistency.Json;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync;
using Xunit;

namespace DualDb.Consistency.Tests.Operators;

/// <summary>What operators are shown of rows and documents.</summary>
public sealed class RedactionTests
{
    private static readonly SyncRegistry Registry = new(
    [
        new SyncMap
        {
            Name = "members",
            Source = new SyncTable(Database.Neon, "public", "members"),
            Target = new SyncTable(Database.Supabase, "public", "member_copies"),
            Columns = [new SyncColumn("email", "mail") { IsKey = true, IsSensitive = true }, new SyncColumn("city", "city"), new SyncColumn(null, "phone") { Sql = "lower(phone)", IsSensitive = true }],
        },
        new SyncMap
        {
            Name = "cities",
            Source = new SyncTable(Database.Neon, "public", "cities"),
            Target = new SyncTable(Database.Supabase, "public", "cities"),
            Columns = [new SyncColumn("id", "id") { IsKey = true }],
        },
    ]);

    private static readonly IPayloadRedaction Redaction = new ModelRedaction([SensitiveFacts.Of(Registry)]);

    [Theory]
    [InlineData("public.members", """{"email":"ada@secret","city":"Bonn"}""", """{"email":"***","city":"Bonn"}""")]
    [InlineData("public.member_copies", """{"mail":"ada@secret","city":null,"phone":null}""", """{"mail":"***","city":null,"phone":null}""")]
    [InlineData("members", """{"email":"ada@secret","mail":"ada@secret","phone":4711,"city":"Bonn"}""", """{"email":"***","mail":"***","phone":"***","city":"Bonn"}""")]
    [InlineData("cities", """{"id":1}""", """{"id":1}""")]
    [InlineData("public.members", """{"city":"Bonn","mobile":"renamed by hand"}""", """{"city":"Bonn","mobile":"***"}""")]
    [InlineData("unknown", """{"id":1,"at":null}""", """{"id":"***","at":null}""")]
    [InlineData("members", "[1]", "\"***\"")]
    [InlineData("members", "no JSON", "\"***\"")]
    public void Of_a_row_the_sensitive_columns_are_masked(string entity, string row, string shown) => Assert.Equal(shown, Redaction.Row(entity, row));

    [Fact]
    public void A_key_is_masked_where_a_column_of_it_is_sensitive()
    {
        Assert.Equal("\"***\"", Redaction.RowKey("members", """["ada@secret"]"""));
        Assert.Equal("[1]", Redaction.RowKey("cities", "[1]"));
        Assert.Equal("\"***\"", Redaction.RowKey("unknown", "[1]"));
    }

    [Fact]
    public void Of_what_no_model_knows_nothing_is_shown()
    {
        Assert.Equal("\"***\"", Redaction.EventPayload("member.joined", """{"id":1}"""));
        Assert.Equal("\"***\"", Redaction.SagaInput("trip", """{"id":1}"""));
        Assert.Equal("\"***\"", Redaction.StepResult("trip", "Book", "1"));
        Assert.Null(Redaction.SagaResult("trip", null));
    }

    [Fact]
    public void What_one_of_two_roots_masks_stays_masked()
    {
        var half = JsonMask.Members(shown: ["id"], within: []);
        var redaction = new ModelRedaction([Of(null), Of(half), Of(null)]);

        Assert.Equal("""{"id":1,"email":"***"}""", redaction.Json("joined", """{"id":1,"email":"ada@secret"}"""));
        Assert.Equal("\"***\"", new ModelRedaction([Of(half), Of(JsonMask.Members(shown: ["email"], within: []))]).Json("joined", """{"id":1}"""));
    }

    private static SensitiveFacts Of(JsonMask? mask)
        => new(new Dictionary<string, JsonMask?>(StringComparer.Ordinal) { ["joined"] = mask }, new Dictionary<string, IReadOnlyDictionary<string, bool>>(StringComparer.Ordinal));
}
