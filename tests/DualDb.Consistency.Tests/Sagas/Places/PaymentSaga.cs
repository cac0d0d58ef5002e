using System.Text.Json;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>An event, as generated code would make it.</summary>
public sealed record PaymentReceived(string Order, decimal Amount) : IDomainEvent<PaymentReceived>
{
    public static string EventName => "payment.received";

    public static int EventVersion => 1;

    public static void Write(Utf8JsonWriter writer, PaymentReceived value)
    {
        writer.WriteStartObject();
        writer.WriteString("Order", value.Order);
        writer.WriteNumber("Amount", value.Amount);
        writer.WriteEndObject();
    }

    public static PaymentReceived Read(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new PaymentReceived(document.RootElement.GetProperty("Order").GetString()!, document.RootElement.GetProperty("Amount").GetDecimal());
    }
}

/// <summary>A saga that waits: for a payment, for a while, for a second payment.</summary>
public sealed class PaymentSaga
{
    public static SagaDefinition Define(TimeSpan? timeout = null, TimeSpan? delay = null) => new SagaDefinition<PaymentSaga, Cart>(
        "order",
        Codecs.Cart,
        static (_, _) => new PaymentSaga(),
        deadline: null,
        resultStep: 4,
        SagaStep.Of<PaymentSaga>(
            "Place", 1, Database.Neon,
            static (_, values, call) => call.Neon.ExecuteAsync($"insert into ledger (id, what) values ({call.Context.Id}, 'Place')", call.CancellationToken),
            SagaCompensation.Of<PaymentSaga>("Withdraw", Database.Neon, static (_, _, call) => call.Neon.ExecuteAsync($"delete from ledger where id = {call.Context.Id}", call.CancellationToken), needsResult: false)),
        SagaStep.WaitFor<PaymentSaga, PaymentReceived>("First", 2, static (_, values, call) => call.Context.Id, timeout),
        SagaStep.Delay<PaymentSaga>("Rest", 3, (_, _, _) => delay ?? TimeSpan.Zero),
        SagaStep.WaitFor<PaymentSaga, PaymentReceived>("Second", 4, static (_, values, call) => call.Context.Id),
        SagaStep.Of<PaymentSaga, Placed>(
            "Add", 5, target: null, Codecs.Placed,
            static (_, values, call) => Task.FromResult(new Placed(System.FormattableString.Invariant($"{values.Result<PaymentReceived>(1).Amount} + {values.Result<PaymentReceived>(3).Amount}")))));
}
