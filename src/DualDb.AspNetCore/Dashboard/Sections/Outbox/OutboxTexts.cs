using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Outbox;

internal static class OutboxTexts
{
    public static readonly Text Title = new("Outbox", "เอาต์บ็อกซ์");
    public static readonly Text Counts = new("What lies in the outboxes", "เหตุการณ์ในเอาต์บ็อกซ์");
    public static readonly Text Empty = new("Both outboxes are empty: every event was handled.", "เอาต์บ็อกซ์ทั้งสองว่างเปล่า ทุกเหตุการณ์ได้รับการประมวลผลแล้ว");
    public static readonly Text Event = new("Event", "เหตุการณ์");
    public static readonly Text Pending = new("Pending", "รอดำเนินการ");
    public static readonly Text Processing = new("of them processing", "กำลังประมวลผล");
    public static readonly Text Scheduled = new("Delayed", "ตั้งเวลาไว้");
    public static readonly Text Retrying = new("Tried again", "กำลังลองใหม่");
    public static readonly Text Waiting = new("Behind another", "รอรายการก่อนหน้า");
    public static readonly Text Dead = new("Given up", "ยุติการลอง");
    public static readonly Text Oldest = new("Oldest", "เก่าที่สุด");
    public static readonly Text Groups = new("Failures by cause", "ความล้มเหลวตามสาเหตุ");
    public static readonly Text NoGroups = new("No delivery was given up, so there is nothing to replay.", "ไม่มีการส่งใดที่ยุติ จึงไม่มีสิ่งที่ต้องเล่นซ้ำ");
    public static readonly Text MostGroups = new(
        "Of each database the {0} most frequent causes are listed; deliveries of others are among the dead letters.",
        "แสดงสาเหตุที่พบบ่อยที่สุด {0} รายการของแต่ละฐานข้อมูล การส่งของสาเหตุอื่นอยู่ในรายการจดหมายตาย");
    public static readonly Text Cause = new("Cause", "สาเหตุ");
    public static readonly Text Handler = new("Handler", "ตัวจัดการ");
    public static readonly Text Count = new("Count", "จำนวน");
    public static readonly Text Last = new("Last", "ล่าสุด");
    public static readonly Text Letters = new("Dead letters", "จดหมายตาย");
    public static readonly Text NoLetters = new("No delivery matches the filter.", "ไม่มีการส่งที่ตรงกับตัวกรอง");
    public static readonly Text ErrorText = new("Error contains", "ข้อผิดพลาดมีคำว่า");
    public static readonly Text FailedAt = new("Failed at", "ล้มเหลวเมื่อ");
    public static readonly Text Letter = new("One delivery", "การส่งหนึ่งรายการ");
    public static readonly Text LetterGone = new("This delivery is no more: it was handled or discarded.", "ไม่มีการส่งนี้แล้ว เนื่องจากถูกประมวลผลหรือทิ้งไปแล้ว");
    public static readonly Text Payload = new("Payload", "ข้อมูลเหตุการณ์");
    public static readonly Text History = new("What operators did", "สิ่งที่ผู้ปฏิบัติงานทำ");
    public static readonly Text NoHistory = new("No operator has touched a delivery yet.", "ยังไม่มีผู้ปฏิบัติงานดำเนินการกับการส่งใด");
    public static readonly Text Delivery = new("Delivery", "การส่ง");
    public static readonly Text Replay = new("Replay", "เล่นซ้ำ");
    public static readonly Text ReplayGroup = new("Replay all", "เล่นซ้ำทั้งหมด");
    public static readonly Text Edit = new("Edit and replay", "แก้ไขและเล่นซ้ำ");
    public static readonly Text Discard = new("Discard", "ทิ้ง");
    public static readonly Text DiscardGroup = new("Discard all", "ทิ้งทั้งหมด");
    public static readonly Text Replayed = new("{0} is tried again.", "{0} กำลังถูกลองใหม่");
    public static readonly Text GroupReplayed = new("{0} deliveries are tried again.", "กำลังลองใหม่ {0} รายการ");
    public static readonly Text Edited = new("{0} was edited and is tried again; the payload that it had is in the history.", "แก้ไข {0} และกำลังลองใหม่ ข้อมูลเดิมอยู่ในประวัติ");
    public static readonly Text Discarded = new("{0} was discarded; its payload is in the history.", "ทิ้ง {0} แล้ว ข้อมูลเดิมอยู่ในประวัติ");
    public static readonly Text GroupDiscarded = new("{0} deliveries were discarded; their payloads are in the history.", "ทิ้ง {0} รายการแล้ว ข้อมูลเดิมอยู่ในประวัติ");
    public static readonly Text MaskedNote = new(
        "Sensitive values are masked. What you leave masked keeps its value.",
        "ค่าที่อ่อนไหวถูกปิดบังไว้ ส่วนที่คงการปิดบังไว้จะใช้ค่าเดิม");
}
