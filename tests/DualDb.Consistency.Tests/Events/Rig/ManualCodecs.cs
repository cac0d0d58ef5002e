using System.Text.Json;
using DualDb.Consistency.Events;

namespace DualDb.Consistency.Tests.Events.Rig;

public sealed partial record PurchaseMade : IDomainEvent<PurchaseMade>
{
    public static string EventName => "purchase.made";

    public static int EventVersion => 1;

    public static void Write(Utf8JsonWriter writer, PurchaseMade value)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", value.Number);
        writer.WriteString("buyer", value.Buyer);
        writer.WriteEndObject();
    }

    public static PurchaseMade Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new PurchaseMade(document.RootElement.GetProperty("number").GetInt64(), document.RootElement.GetProperty("buyer").GetString()!);
    }
}

public sealed partial record ProfileRenamed : IDomainEvent<ProfileRenamed>
{
    public static string EventName => "profile.renamed";

    public static int EventVersion => 2;

    public static void Write(Utf8JsonWriter writer, ProfileRenamed value)
    {
        writer.WriteStartObject();
        writer.WriteString("buyer", value.Buyer);
        writer.WriteString("name", value.Name);
        writer.WriteEndObject();
    }

    public static ProfileRenamed Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new ProfileRenamed(document.RootElement.GetProperty("buyer").GetString()!, document.RootElement.GetProperty("name").GetString()!);
    }
}

public static class ManualRegistry
{
    public static EventRegistry Registry { get; } = new(
        [EventType.Of<PurchaseMade>(), EventType.OfUpgradable<ProfileRenamed>()],
        [
            HandlerType.Of<RecordActivity, PurchaseMade>(new HandlerOptions("RecordActivity") { Target = Database.Supabase, MaxAttempts = 3, RetryDelay = TimeSpan.FromMilliseconds(20), Timeout = TimeSpan.FromSeconds(2) }),
            HandlerType.Of<WriteReceipt, PurchaseMade>(new HandlerOptions("WriteReceipt") { Target = Database.Neon }),
            HandlerType.Of<SendMail, ProfileRenamed>(new HandlerOptions("SendMail") { MaxAttempts = 2, RetryDelay = TimeSpan.FromMilliseconds(20) }),
        ]);
}
